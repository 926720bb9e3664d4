import type { Clock } from './clock.ts';

const EVERY_MS = 1_000;

/**
 * Sends at most once a second, or in `everyMs`: the first value at once, and those of the next second together at its end,
 * merged by key. A hundred people who have received the same message then cost one frame a second, and not a hundred. The timer
 * lives for that long at most. An eviction may lose a value; the next one for its key repeats it.
 */
export class Collector<T> {
  readonly #clock: Clock;
  readonly #merge: (earlier: T, later: T) => T;
  readonly #send: (value: T) => void;
  readonly #everyMs: number;
  #sentAt = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Map<string, T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    clock: Clock,
    merge: (earlier: T, later: T) => T,
    send: (value: T) => void,
    everyMs = EVERY_MS,
  ) {
    this.#clock = clock;
    this.#merge = merge;
    this.#send = send;
    this.#everyMs = everyMs;
  }

  put(key: string, value: T): void {
    const waiting = this.#waiting.get(key);
    // The latest value goes last: a cursor sent under two keys must end at its latest position.
    this.#waiting.delete(key);
    this.#waiting.set(key, waiting === undefined ? value : this.#merge(waiting, value));
    const waitMs = this.#sentAt + this.#everyMs - this.#clock();
    if (waitMs <= 0) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), waitMs);
  }

  #flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sentAt = this.#clock();
    const values = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const value of values) this.#send(value);
  }
}
