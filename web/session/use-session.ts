import { createContext, use } from 'react';
import type { Session, SignedIn } from './session.ts';

/** Who uses the page. */
export function useSession(): Session {
  return use(SessionContext);
}

/** The session of the page; before it is known, `loading`. */
export const SessionContext = createContext<Session>({ state: 'loading' });

/** The session below a part of the page that is only shown to somebody signed in; anywhere else it throws. */
export function useSignedIn(): SignedIn {
  const session = useSession();
  if (session.state !== 'signed-in') throw new Error('shown without a signed-in session');
  return session;
}
