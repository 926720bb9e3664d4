import type { Clock } from '../clock.ts';

/** How far back the share looks. What happened before that hardly counts. */
const WINDOW_MS = 100;
/** What one frame of a client takes, from its text to the row, ms. Measured on a machine with two cores, as the others. */
const FRAME_MS = 0.15;
/** What sending to one socket takes, ms, and each character of the text on top of that. */
const SEND_MS = 0.01;
const CHARACTER_MS = 0.000_002;

/**
 * How busy a Room is: the share of the last 100 ms that it spent on frames and on sending. The platform's clock stands
 * still while an object works, so the work is counted and not timed.
 */
export class Busyness {
  readonly #clock: Clock;
  /** The work of the window, ms. It fades: after a window a third is left. */
  #spentMs = 0;
  #countedAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A frame of a client has arrived. */
  received(): void {
    this.#spend(FRAME_MS);
  }

  /** A text of this length went to this number of sockets. */
  sent(sockets: number, characters: number): void {
    this.#spend(sockets * (SEND_MS + characters * CHARACTER_MS));
  }

  /** 0 for an idle Room, 1 for one that does nothing but work. */
  share(): number {
    this.#spend(0);
    return Math.min(1, this.#spentMs / WINDOW_MS);
  }

  #spend(ms: number): void {
    const now = this.#clock();
    this.#spentMs = this.#spentMs * Math.exp((this.#countedAt - now) / WINDOW_MS) + ms;
    this.#countedAt = now;
  }
}
