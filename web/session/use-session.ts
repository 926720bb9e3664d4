import { createContext, use } from 'react';
import type { Session, SignedIn } from './session.ts';

/** The session of the page. */
export function useSession(): Session {
  return use(SessionContext);
}

/** The context of the session; `loading` until it is known. */
export const SessionContext = createContext<Session>({ state: 'loading' });

/** The session, for components that only a signed-in user sees. Throws in any other state. */
export function useSignedIn(): SignedIn {
  const session = useSession();
  if (session.state !== 'signed-in') throw new Error('shown without a signed-in session');
  return session;
}
