import type { Result } from '../../../protocol/errors.ts';
import { problem } from '../../errors/problem.ts';

/** Converts a result to a response: its value as JSON, 204 for `null`, or its failure as a problem. */
export function answer<T>(result: Result<T>, status: 200 | 201 = 200): Response {
  if (!result.ok) return problem(result.failure);
  if (result.value === null) return new Response(null, { status: 204 });
  return Response.json(result.value, { status });
}
