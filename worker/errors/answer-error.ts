import type { ErrorHandler } from 'hono';
import { isLostInfrastructure } from './lost-infrastructure.ts';
import { problem } from './problem.ts';

/** What lies at the bottom of something thrown. The query builder's own message holds what people typed: not for a log. */
function rootOf(thrown: Error): Error {
  return thrown.cause instanceof Error ? rootOf(thrown.cause) : thrown;
}

/** Where it was thrown, without the message that begins a stack. */
function placesOf(thrown: Error): string[] {
  const lines = (thrown.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at '));
}

/**
 * The answer to whatever a route throws: `unavailable` where D1 or an object was lost, else `internal`, a bug.
 * What was thrown goes to the log, on one line, and nowhere else.
 */
export const answerError: ErrorHandler = (thrown, c) => {
  const lost = isLostInfrastructure(thrown);
  console.error(
    JSON.stringify({
      event: lost ? 'infrastructure_lost' : 'request_failed',
      method: c.req.method,
      path: c.req.path,
      error: String(rootOf(thrown)),
      stack: placesOf(thrown),
    }),
  );
  return lost
    ? problem({ code: 'unavailable', detail: "Something isn't working. Try again in a moment." })
    : problem({ code: 'internal', detail: 'This is our fault. Try again, or tell an admin.' });
};
