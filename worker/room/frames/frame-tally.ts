/** How many frames each of those who sent some has sent since some time, ms. */
export class FrameTally<Sender> {
  readonly since: number;
  readonly #frames = new Map<Sender, number>();
  #total = 0;

  constructor(since: number) {
    this.since = since;
  }

  /** All frames, whoever sent them. */
  get total(): number {
    return this.#total;
  }

  add(sender: Sender): void {
    this.#total++;
    this.#frames.set(sender, (this.#frames.get(sender) ?? 0) + 1);
  }

  /** Those who sent most, as many as together sent half of all. */
  loudest(): Sender[] {
    const loud = [...this.#frames].sort(([, one], [, other]) => other - one);
    const loudest: Sender[] = [];
    let sum = 0;
    for (const [sender, frames] of loud) {
      if (sum * 2 >= this.#total) break;
      loudest.push(sender);
      sum += frames;
    }
    return loudest;
  }
}
