import type { SignedIn } from './session.ts';
import { useSession } from './use-session.ts';

/** The session below a part of the page that is only shown to somebody signed in; anywhere else it throws. */
export function useSignedIn(): SignedIn {
  const session = useSession();
  if (session.state !== 'signed-in') throw new Error('shown without a signed-in session');
  return session;
}
