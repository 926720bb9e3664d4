import type { Result } from '../../protocol/errors.ts';
import { backoffMs } from './backoff.ts';

/** How one attempt went, and whether the next one may go better. */
export interface Attempt<T> {
  outcome: Result<T>;
  mayPass: boolean;
}

/** With the waits of a connection these take up to 7.5 s: a broken line is back by then, and nobody waits much longer. */
const RETRIES = 4;
/** No attempt begins later than this after the first, however long each took. */
const GIVE_UP_AFTER_MS = 30_000;

/**
 * Tries until it goes well, with the backoff of a connection, while trying again may help. Gives the last outcome; rejects
 * once `signal` is aborted.
 */
export async function persistently<T>(
  attempt: () => Promise<Attempt<T>>,
  signal?: AbortSignal,
): Promise<Result<T>> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let failures = 1; ; failures += 1) {
    const { outcome, mayPass } = await attempt();
    signal?.throwIfAborted();
    if (outcome.ok || !mayPass || failures > RETRIES) return outcome;
    const waitMs = (outcome.failure.retryAfterMs ?? 0) + backoffMs(failures, Math.random);
    if (Date.now() + waitMs > giveUpAt) return outcome;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    signal?.throwIfAborted();
  }
}
