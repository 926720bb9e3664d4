import type { Clock } from '../../clock.ts';

const EVERY_MS = 1_000;

/**
 * Sends at most one value a second for each key: the first at once, what comes within the second merged into one. The
 * timer lives a second at most, and what it loses in an eviction the next move of the same cursor says again.
 */
export class Throttle<T> {
  readonly #clock: Clock;
  readonly #merge: (earlier: T, later: T) => T;
  readonly #send: (value: T) => void;
  /** By key, the one that was sent longest ago first; whatever was sent more than a second ago is forgotten. */
  readonly #sentAt = new Map<string, number>();
  readonly #waiting = new Map<string, T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(clock: Clock, merge: (earlier: T, later: T) => T, send: (value: T) => void) {
    this.#clock = clock;
    this.#merge = merge;
    this.#send = send;
  }

  put(key: string, value: T): void {
    this.#forgetOld();
    const waiting = this.#waiting.get(key);
    const all = waiting === undefined ? value : this.#merge(waiting, value);
    // What moved last goes out last: a cursor told under two keys must not end where the older one says.
    this.#waiting.delete(key);
    if (this.#sentAt.has(key)) {
      this.#waiting.set(key, all);
      this.#wakeLater();
    } else this.#tell(key, all);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#forgetOld();
    for (const [key, value] of this.#waiting) {
      if (this.#sentAt.has(key)) continue;
      this.#waiting.delete(key);
      this.#tell(key, value);
    }
    if (this.#waiting.size > 0) this.#wakeLater();
  }

  #tell(key: string, value: T): void {
    this.#sentAt.set(key, this.#clock());
    this.#send(value);
  }

  /** Wakes when the second of whoever was sent longest ago is over. */
  #wakeLater(): void {
    const [oldest = this.#clock()] = this.#sentAt.values();
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(oldest + EVERY_MS - this.#clock(), 0));
  }

  #forgetOld(): void {
    const old = this.#clock() - EVERY_MS;
    for (const [key, at] of this.#sentAt) {
      if (at > old) return;
      this.#sentAt.delete(key);
    }
  }
}
