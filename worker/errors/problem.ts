import { ERRORS } from '../../protocol/error-table.ts';
import type { Failure, Problem } from '../../protocol/errors.ts';

/**
 * Builds the response to a failed REST request: `application/problem+json` (RFC 9457) with the status of its code and,
 * if the failure has `retryAfterMs`, `Retry-After`. A protocol that prescribes another status passes it.
 */
export function problem(failure: Failure, prescribed?: number): Response {
  const { status: usual, title } = ERRORS[failure.code];
  const status = prescribed ?? usual;
  const body: Problem = {
    type: `https://edgewise.dev/problems/${failure.code}`,
    title,
    status,
    ...failure,
  };
  const headers = new Headers({
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
  if (failure.retryAfterMs !== undefined) {
    headers.set('Retry-After', String(Math.ceil(failure.retryAfterMs / 1_000)));
  }
  return Response.json(body, { status, headers });
}
