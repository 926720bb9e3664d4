import type { ErrorHandler } from 'hono';
import { isLostInfrastructure } from './lost-infrastructure.ts';
import { problem } from './problem.ts';

/** Returns the innermost cause. The query builder's own message contains user input and must not be logged. */
function rootOf(thrown: Error): Error {
  return thrown.cause instanceof Error ? rootOf(thrown.cause) : thrown;
}

/** Returns the frames of the stack, without the message above them. */
function stackFrames(thrown: Error): string[] {
  const lines = (thrown.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith('at '));
}

/** The code of an invitation is a secret: who has it can join. */
function loggedPath(path: string): string {
  return path.replace(/^(\/api\/invites\/).+/, '$1…');
}

/**
 * Answers a request whose route threw: `unavailable` if D1 or a Durable Object could not be reached, else `internal`, a
 * bug. The error goes to the log as one line and never to the client.
 */
export const answerError: ErrorHandler = (thrown, c) => {
  const lost = isLostInfrastructure(thrown);
  console.error(
    JSON.stringify({
      event: lost ? 'infrastructure_lost' : 'request_failed',
      method: c.req.method,
      path: loggedPath(c.req.path),
      error: String(rootOf(thrown)),
      stack: stackFrames(thrown),
    }),
  );
  return lost
    ? problem({ code: 'unavailable', detail: "Something isn't working. Try again in a moment." })
    : problem({ code: 'internal', detail: 'This is our fault. Try again, or tell an admin.' });
};
