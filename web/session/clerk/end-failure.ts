import { isClerkAPIResponseError, isClerkRuntimeError } from '@clerk/react/errors';
import type { EndFailure } from '../end-session.ts';

/** HTTP: the request may be sent again later. */
const TOO_MANY = 429;

/** How Clerk failed to end a session. An answer that blames the request (4xx) means that there is no session any more. */
export function endFailureOf(error: unknown): EndFailure {
  if (isClerkAPIResponseError(error)) {
    const isOver = error.status < 500 && error.status !== TOO_MANY;
    return isOver ? 'over' : 'refused';
  }
  const isNetwork = isClerkRuntimeError(error) && error.code === 'network_error';
  return isNetwork || error instanceof TypeError ? 'unreachable' : 'refused';
}
