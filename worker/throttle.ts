import type { Clock } from './clock.ts';

const EVERY_MS = 1_000;

/**
 * Sends at most one value a second for each key: the first at once, later ones merged. The timer lives for a second at
 * most. An eviction may lose a value; the next one for its key repeats it.
 */
export class Throttle<T> {
  readonly #clock: Clock;
  readonly #merge: (earlier: T, later: T) => T;
  readonly #send: (value: T) => void;
  /** When each key was last sent, the oldest first. Entries older than a second are dropped. */
  readonly #sentAt = new Map<string, number>();
  readonly #waiting = new Map<string, T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(clock: Clock, merge: (earlier: T, later: T) => T, send: (value: T) => void) {
    this.#clock = clock;
    this.#merge = merge;
    this.#send = send;
  }

  put(key: string, value: T): void {
    this.#dropOld();
    const waiting = this.#waiting.get(key);
    const all = waiting === undefined ? value : this.#merge(waiting, value);
    // The latest value goes last: a cursor sent under two keys must end at its latest position.
    this.#waiting.delete(key);
    if (this.#sentAt.has(key)) {
      this.#waiting.set(key, all);
      this.#flushLater();
    } else this.#sendNow(key, all);
  }

  #flush(): void {
    this.#timer = undefined;
    this.#dropOld();
    for (const [key, value] of this.#waiting) {
      if (this.#sentAt.has(key)) continue;
      this.#waiting.delete(key);
      this.#sendNow(key, value);
    }
    if (this.#waiting.size > 0) this.#flushLater();
  }

  #sendNow(key: string, value: T): void {
    this.#sentAt.set(key, this.#clock());
    this.#send(value);
  }

  /** Flushes when the key that was sent the longest ago may be sent again. */
  #flushLater(): void {
    const [oldest = this.#clock()] = this.#sentAt.values();
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(oldest + EVERY_MS - this.#clock(), 0));
  }

  #dropOld(): void {
    const old = this.#clock() - EVERY_MS;
    for (const [key, at] of this.#sentAt) {
      if (at > old) return;
      this.#sentAt.delete(key);
    }
  }
}
