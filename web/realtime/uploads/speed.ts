/** The speed is that of the last few seconds. */
const WINDOW_MS = 4_000;

/** Measures how fast an upload goes. */
export class Speed {
  #points: { at: number; bytes: number }[] = [];

  /** Takes how many bytes have gone at this time (ms); returns bytes a second, 0 until it is known. */
  add(bytes: number, at: number): number {
    this.#points.push({ at, bytes });
    this.#points = this.#points.filter((point) => point.at >= at - WINDOW_MS);
    const [first] = this.#points;
    if (!first || at - first.at < 500) return 0;
    return Math.max(0, ((bytes - first.bytes) * 1_000) / (at - first.at));
  }
}
