/** The prefix of every error message of D1 (https://developers.cloudflare.com/d1/observability/debug-d1/). */
const D1_MESSAGE = 'D1_';

/**
 * Properties that the runtime sets on its own exceptions of a call to a Durable Object
 * (https://developers.cloudflare.com/durable-objects/best-practices/error-handling/).
 */
const RUNTIME_MARKS = ['retryable', 'overloaded', 'durableObjectReset'];

/** Thrown where a call returned `unavailable` and the caller cannot handle it. */
export class LostInfrastructure extends Error {
  override name = 'LostInfrastructure';
}

/**
 * Whether an error means that D1 or a Durable Object could not be reached, so that a retry may succeed; otherwise it is
 * a bug. Looks through the causes, because drizzle wraps the errors of D1.
 */
export function isLostInfrastructure(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof LostInfrastructure) return true;
  if (thrown.message.startsWith(D1_MESSAGE)) return true;
  if (RUNTIME_MARKS.some((mark) => Reflect.get(thrown, mark) === true)) return true;
  return isLostInfrastructure(thrown.cause);
}
