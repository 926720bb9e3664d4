import type { ErrorHandler } from 'hono';
import { isLostInfrastructure } from './lost-infrastructure.ts';
import { problem } from './problem.ts';

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
      error: String(thrown),
      cause: thrown.cause === undefined ? undefined : String(thrown.cause),
      stack: thrown.stack,
    }),
  );
  return lost
    ? problem({ code: 'unavailable', detail: 'This does not work right now. Try again soon.' })
    : problem({ code: 'internal', detail: 'This is our fault. Try again, or tell an admin.' });
};
