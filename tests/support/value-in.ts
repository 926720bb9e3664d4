import type { Result } from '../../protocol/errors.ts';

/** The value of a result that must have succeeded. */
export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.detail);
  return result.value;
}
