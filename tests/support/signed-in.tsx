import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createQueryClient } from '../../web/api/queries.ts';
import type { SignedIn } from '../../web/session/session.ts';
import { SessionContext } from '../../web/session/use-session.ts';
import { ADA } from './group-events.ts';

/** Ada's session, for parts of the page that are drawn without a server. */
export const ADAS: SignedIn = {
  state: 'signed-in',
  userId: ADA.id,
  getToken: async () => 'token',
  signOut: async () => undefined,
};

/** What REST answered to Ada's page. */
export const ADAS_QUERIES = createQueryClient();

/** Renders its children as Ada sees them. */
export function AsAda({ children }: { children: ReactNode }) {
  return (
    <SessionContext value={ADAS}>
      <QueryClientProvider client={ADAS_QUERIES}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

/** Forgets what Ada's page knows from REST. */
export function forgetQueries(): void {
  ADAS_QUERIES.clear();
}
