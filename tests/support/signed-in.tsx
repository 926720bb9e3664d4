import type { ReactNode } from 'react';
import { answers } from '../../web/api/answers.ts';
import { keys } from '../../web/api/keys.ts';
import type { SignedIn } from '../../web/session/session.ts';
import { SessionContext } from '../../web/session/session-context.ts';
import { ADA } from './group-events.ts';

/** Ada's session, for parts of the page that are drawn without a server. */
export const ADAS: SignedIn = {
  state: 'signed-in',
  userId: ADA.id,
  getToken: async () => 'token',
  signOut: async () => undefined,
};

/** Draws what is inside as Ada sees it. */
export function AsAda({ children }: { children: ReactNode }) {
  return <SessionContext value={ADAS}>{children}</SessionContext>;
}

/** Forgets what Ada's page knows from REST. */
export function forgetAnswers(): void {
  answers.drop(keys.all(ADA.id));
}
