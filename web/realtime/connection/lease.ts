import { LEASE_MS, LEASE_RENEW_AT } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

const RENEW_AFTER_MS = LEASE_MS * LEASE_RENEW_AT;
/** The wait before another try, if there was no token or the socket did not take it. */
const RENEW_AGAIN_MS = 10_000;

/**
 * Renews the lease of a live socket: sends a new token after four fifths of it. `renew` returns whether it was sent.
 */
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

  /** A session that has ended gives no token: the lease then expires, and the server closes with 4401. */
  async #askAndRenew(): Promise<void> {
    const turn = this.#cancel;
    const token = await this.#getToken().catch(() => 'unknown' as const);
    // Meanwhile the lease may have been stopped, or started again.
    if (turn !== this.#cancel || token === undefined) return;
    const isRenewed = token !== 'unknown' && this.#renew(token);
    this.#renewAfter(isRenewed ? RENEW_AFTER_MS : RENEW_AGAIN_MS);
  }
}
