import type { ErrorCode, Result } from '../../protocol/errors.ts';

/** What may go well a little later. Everything else gives the same answer again. */
const PASSING: readonly ErrorCode[] = ['unavailable', 'internal', 'rate_limited'];
const RETRIES = 3;
/** Before the first retry, ms; twice as long before each next one. */
const FIRST_WAIT_MS = 1_000;

/** Asks again while that may help. Gives the last outcome; rejects once `signal` is aborted. */
export async function persistently<T>(
  ask: () => Promise<Result<T>>,
  signal: AbortSignal,
): Promise<Result<T>> {
  for (let failures = 0; ; failures += 1) {
    const outcome = await ask();
    signal.throwIfAborted();
    if (outcome.ok || failures === RETRIES || !PASSING.includes(outcome.failure.code)) {
      return outcome;
    }
    await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** failures));
    signal.throwIfAborted();
  }
}
