import type { Result } from '../../protocol/errors.ts';
import { backoffMs } from './backoff.ts';

/** The outcome of one attempt, and whether another one may succeed. */
export interface Attempt<T> {
  outcome: Result<T>;
  mayRetry: boolean;
}

/** With the backoff of a connection the retries take up to 7.5 s: a network is back by then, or the user gives up. */
const RETRIES = 4;
/** No attempt starts later than this after the first one, however long each takes. */
const GIVE_UP_AFTER_MS = 30_000;

/**
 * Retries while that may help, with the backoff of a connection. Returns the last outcome; rejects once `signal` is
 * aborted.
 */
export async function withRetries<T>(
  attempt: () => Promise<Attempt<T>>,
  signal?: AbortSignal,
): Promise<Result<T>> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let failures = 1; ; failures += 1) {
    const { outcome, mayRetry } = await attempt();
    signal?.throwIfAborted();
    if (outcome.ok || !mayRetry || failures > RETRIES) return outcome;
    const waitMs = (outcome.failure.retryAfterMs ?? 0) + backoffMs(failures, Math.random);
    if (Date.now() + waitMs > giveUpAt) return outcome;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    signal?.throwIfAborted();
  }
}
