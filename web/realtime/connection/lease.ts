import { LEASE_MS, LEASE_RENEW_AT } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

const RENEW_AFTER_MS = LEASE_MS * LEASE_RENEW_AT;
/** When no token could be had, or the socket did not take it, it is tried again after this. */
const RENEW_AGAIN_MS = 10_000;

/** Keeps a live socket's lease: sends a new token when four fifths of it are over. `renew` says whether it was sent. */
export class Lease {
  readonly #clock: Clock;
  readonly #getToken: () => Promise<string | undefined>;
  readonly #renew: (token: string) => boolean;
  #cancel: (() => void) | undefined;

  constructor(
    clock: Clock,
    getToken: () => Promise<string | undefined>,
    renew: (token: string) => boolean,
  ) {
    this.#clock = clock;
    this.#getToken = getToken;
    this.#renew = renew;
  }

  start(): void {
    this.#renewAfter(RENEW_AFTER_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #renewAfter(ms: number): void {
    this.#cancel = this.#clock.after(ms, () => void this.#askAndRenew());
  }

  /** A session that has ended gets no token: the server then lets the lease run out, and says so by 4401. */
  async #askAndRenew(): Promise<void> {
    const turn = this.#cancel;
    const token = await this.#getToken().catch(() => 'unknown' as const);
    // Meanwhile the socket may be gone, or another one may hold a lease of its own.
    if (turn !== this.#cancel || token === undefined) return;
    const isRenewed = token !== 'unknown' && this.#renew(token);
    this.#renewAfter(isRenewed ? RENEW_AFTER_MS : RENEW_AGAIN_MS);
  }
}
