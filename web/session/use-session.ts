import { use } from 'react';
import type { Session } from './session.ts';
import { SessionContext } from './session-context.ts';

/** Who uses the page. */
export function useSession(): Session {
  return use(SessionContext);
}
