import type { Clock } from '../clock.ts';

/** How far back the share looks. What happened before that hardly counts. */
const WINDOW_MS = 100;
/** What one frame of a client takes, from its text to D1, ms. Measured on a machine with two cores, as the others. */
const FRAME_MS = 0.1;
/** What sending to one socket takes, ms, and each character of the text on top of that. */
const SEND_MS = 0.035;
const CHARACTER_MS = 0.000_002;
/** Times are whole milliseconds, so a timer may seem this late on an idle machine. */
const ON_TIME_MS = 1;

/**
 * How busy a Room is: the share of the last 100 ms that it spent on frames and on sending. The platform's clock stands still
 * while an object works, so the work is counted. On a slower machine, or beside busy neighbours, it takes longer than that:
 * then timers are late.
 */
export class Busyness {
  readonly #work: Recent;
  /** What the changes would have taken, if each of them had been sent by itself. */
  readonly #alone: Recent;
  readonly #late: Recent;
  readonly #clock: Clock;
  /** What the last text with a change took to be sent, ms. */
  #changeMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#work = new Recent(clock);
    this.#alone = new Recent(clock);
    this.#late = new Recent(clock);
  }

  /** A frame of a client has arrived. */
  received(): void {
    this.#work.add(FRAME_MS);
  }

  /** A text of this length went to this number of sockets. `hasChanges`: some of its events have a rev. */
  sent(sockets: number, characters: number, hasChanges: boolean): void {
    const ms = sockets * (SEND_MS + characters * CHARACTER_MS);
    this.#work.add(ms);
    if (hasChanges) this.#changeMs = ms;
  }

  /** A change waits to be sent. */
  changed(): void {
    this.#alone.add(FRAME_MS + this.#changeMs);
  }

  /** Runs `run` after `ms`, and notes how late that is. */
  after(ms: number, run: () => void): ReturnType<typeof setTimeout> {
    const dueAt = this.#clock() + ms;
    return setTimeout(() => {
      this.late(this.#clock() - dueAt);
      run();
    }, ms);
  }

  /** A timer runs this long after its time, or has not run yet. */
  late(ms: number): void {
    this.#late.add(Math.max(ms - ON_TIME_MS, 0));
  }

  /** 0 for an idle Room, 1 for one that does nothing but work. */
  share(): number {
    return this.#shareOf(this.#work);
  }

  /** The same, if each change were sent by itself. */
  shareAlone(): number {
    return this.#shareOf(this.#alone);
  }

  #shareOf(work: Recent): number {
    return Math.min(Math.max(work.sum(), this.#late.sum()) / WINDOW_MS, 1);
  }
}

/** The sum of what was added lately. It fades: after a window a third is left. */
class Recent {
  readonly #clock: Clock;
  #sum = 0;
  #at = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(ms: number): void {
    this.#sum = this.sum() + ms;
  }

  sum(): number {
    const now = this.#clock();
    this.#sum *= Math.exp((this.#at - now) / WINDOW_MS);
    this.#at = now;
    return this.#sum;
  }
}
