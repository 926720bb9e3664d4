/** How D1 begins the message of everything it throws (https://developers.cloudflare.com/d1/observability/debug-d1/). */
const D1_MESSAGE = 'D1_';

/** What the runtime sets on an exception that it, not our code, threw at a call to an object (developers.cloudflare.com/durable-objects/best-practices/error-handling). */
const RUNTIME_MARKS = ['retryable', 'overloaded', 'durableObjectReset'];

/** Thrown by our own code where a call came back with `unavailable`, and whoever called has no answer of its own for it. */
export class LostInfrastructure extends Error {
  override name = 'LostInfrastructure';
}

/**
 * Whether something thrown says that D1 or an object could not be reached, and not that we have a bug:
 * the caller may try again. Looks through the causes, because drizzle wraps what D1 throws.
 */
export function isLostInfrastructure(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof LostInfrastructure) return true;
  if (thrown.message.startsWith(D1_MESSAGE)) return true;
  if (RUNTIME_MARKS.some((mark) => Reflect.get(thrown, mark) === true)) return true;
  return isLostInfrastructure(thrown.cause);
}
