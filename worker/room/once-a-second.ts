import type { Clock } from '../clock.ts';

const EVERY_MS = 1_000;

/**
 * Sends at most one value a second for each key: the first at once, what comes within the second merged into one. The
 * timer lives a second at most, and what it loses in an eviction the next move of the same cursor says again.
 */
export class OnceASecond<T> {
  readonly #clock: Clock;
  readonly #merge: (earlier: T, later: T) => T;
  readonly #send: (value: T) => void;
  readonly #sentAt = new Map<string, number>();
  readonly #waiting = new Map<string, T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(clock: Clock, merge: (earlier: T, later: T) => T, send: (value: T) => void) {
    this.#clock = clock;
    this.#merge = merge;
    this.#send = send;
  }

  put(key: string, value: T): void {
    const waiting = this.#waiting.get(key);
    const isEarly = this.#clock() - (this.#sentAt.get(key) ?? Number.NEGATIVE_INFINITY) < EVERY_MS;
    if (waiting !== undefined || isEarly) {
      // What moved last goes out last: a cursor told under two keys must not end where the older one says.
      this.#waiting.delete(key);
      this.#waiting.set(key, waiting === undefined ? value : this.#merge(waiting, value));
      this.#timer ??= setTimeout(() => this.#flush(), EVERY_MS);
      return;
    }
    this.#sentAt.set(key, this.#clock());
    this.#send(value);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#sentAt.clear();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [key, value] of waiting) {
      this.#sentAt.set(key, this.#clock());
      this.#send(value);
    }
  }
}
