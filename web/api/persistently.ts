import type { Result } from '../../protocol/errors.ts';

/** How one attempt went, and whether the next one may go better. */
export interface Attempt<T> {
  outcome: Result<T>;
  mayPass: boolean;
}

const RETRIES = 3;
/** Before the first retry, ms; twice as long before each next one, and up to half of it less. */
const FIRST_WAIT_MS = 1_000;
/** No attempt begins later than this after the first: by then the person has to know. */
const GIVE_UP_AFTER_MS = 30_000;

/**
 * Tries until it goes well, with exponential backoff and jitter, while trying again may help. Gives the last outcome;
 * rejects once `signal` is aborted.
 */
export async function persistently<T>(
  attempt: () => Promise<Attempt<T>>,
  signal?: AbortSignal,
): Promise<Result<T>> {
  const giveUpAt = Date.now() + GIVE_UP_AFTER_MS;
  for (let failures = 0; ; failures += 1) {
    const { outcome, mayPass } = await attempt();
    signal?.throwIfAborted();
    if (outcome.ok || !mayPass || failures === RETRIES) return outcome;
    const waitMs = Math.max(backoffMs(failures), outcome.failure.retryAfterMs ?? 0);
    if (Date.now() + waitMs > giveUpAt) return outcome;
    await pause(waitMs, signal);
  }
}

/** With jitter, so that the pages which lost the same server do not come back to it at once. */
function backoffMs(failures: number): number {
  return FIRST_WAIT_MS * 2 ** failures * (1 - Math.random() / 2);
}

/** Resolves after `ms`; rejects as soon as `signal` is aborted. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
