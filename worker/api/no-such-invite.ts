import { fail, type Result } from '../../protocol/errors.ts';

/** The failure for every code that lets nobody join: wrong, expired, revoked and used-up ones must not differ. */
export function noSuchInvite(): ReturnType<typeof fail> {
  return fail(
    'not_found',
    'The link may be wrong, expired, used up or revoked. Ask for a new one.',
  );
}

/** The same result, with `noSuchInvite` for anything that was not found. */
export function orNoSuchInvite<T>(result: Result<T>): Result<T> {
  return !result.ok && result.failure.code === 'not_found' ? noSuchInvite() : result;
}
