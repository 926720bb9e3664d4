import type { Clock } from '../clock.ts';

/** A rate: `burst` at once, `perSecond` steadily. */
export interface Rate {
  burst: number;
  perSecond: number;
}

/** Above this many buckets the full ones are dropped: a full bucket is the same as none. */
const BUCKETS_BEFORE_CLEANUP = 1_000;

/** A token bucket for each key. In memory: after an eviction every bucket is full. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
  }

  /** Takes a token of `key`. Returns 0 if there was one, else how long to wait for the next, ms. */
  take(key: string): number {
    const now = this.#clock();
    const tokens = this.#tokens(key, now);
    if (tokens < 1) return Math.ceil(((1 - tokens) * 1_000) / this.#rate.perSecond);
    if (this.#buckets.size >= BUCKETS_BEFORE_CLEANUP) this.#dropFull(now);
    this.#buckets.set(key, { tokens: tokens - 1, at: now });
    return 0;
  }

  #tokens(key: string, now: number): number {
    const bucket = this.#buckets.get(key);
    if (!bucket) return this.#rate.burst;
    const gained = ((now - bucket.at) * this.#rate.perSecond) / 1_000;
    return Math.min(this.#rate.burst, bucket.tokens + gained);
  }

  #dropFull(now: number): void {
    for (const key of this.#buckets.keys()) {
      if (this.#tokens(key, now) >= this.#rate.burst) this.#buckets.delete(key);
    }
  }
}
