import type { Agenda } from '../../agenda.ts';
import type { Clock } from '../../clock.ts';

/** People read a message within seconds of each other: what came right after the first of them is settled with it. */
const LONG_SHARE = 5 / 6;

/**
 * When a Room settles: some time after a client connected or read something, and again while that goes on. A Room in which
 * nothing happens has nothing to settle, and does not wake.
 */
export class Settling {
  readonly #agenda: Pick<Agenda<'settle'>, 'schedule'>;
  readonly #clock: Clock;
  readonly #afterMs: number;
  #activeAt = Number.NEGATIVE_INFINITY;

  /** `afterMs` is long enough for a socket without a client to count as silent. */
  constructor(agenda: Pick<Agenda<'settle'>, 'schedule'>, clock: Clock, afterMs: number) {
    this.#agenda = agenda;
    this.#clock = clock;
    this.#afterMs = afterMs;
  }

  /** A client has connected, or read something. */
  active(): void {
    this.#activeAt = this.#clock();
    this.#agenda.schedule('settle', this.#activeAt + this.#afterMs);
  }

  /** When the Room settles again after it did, ms UTC; undefined if nothing has happened for long enough. */
  next(): number | undefined {
    const isLong = this.#clock() - this.#activeAt >= this.#afterMs * LONG_SHARE;
    return isLong ? undefined : this.#activeAt + this.#afterMs;
  }
}
