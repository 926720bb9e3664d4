import type { Failure, Result } from '../../protocol/errors.ts';

/** How a query or a mutation reports an expected failure, because TanStack Query knows errors only as thrown. */
export class RequestFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail);
    this.name = 'RequestFailed';
    this.failure = failure;
  }
}

/** The value of an outcome; throws `RequestFailed` with the failure. */
export async function orThrow<T>(result: Promise<Result<T>>): Promise<T> {
  const outcome = await result;
  if (outcome.ok) return outcome.value;
  throw new RequestFailed(outcome.failure);
}
