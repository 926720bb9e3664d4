import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { createQueryClient } from '../../web/api/queries.ts';
import type { WritingPeople } from '../../web/features/composer/writing-people.ts';
import type { Conversation } from '../../web/features/conversation/conversation-context.ts';
import type { GroupClient } from '../../web/realtime/group-client.ts';
import { LiveGroup } from '../../web/realtime/live-group.ts';
import { SessionContext } from '../../web/session/use-session.ts';
import { ADA, ADA_SESSION, GROUP_ID } from './group-events.ts';

/** What Ada's page received from REST. */
export const ADA_QUERIES = createQueryClient();

/** Removes from the page, after each test, what a test rendered, stubbed and received from REST. */
export function clearPageAfterEach(): void {
  afterEach(() => {
    cleanup();
    forgetQueries();
    vi.unstubAllGlobals();
  });
}

/** Whom Ada can mention in a group of her own. */
export const NOBODY_ELSE: WritingPeople = {
  me: ADA.id,
  largeGroupId: undefined,
  others: [],
  recent: [],
  reach: { all: 0, here: 0 },
};

/** Forgets what Ada's page received from REST. */
export function forgetQueries(): void {
  ADA_QUERIES.clear();
}

/** Renders its children as Ada's page does. */
export function AsAda({ children }: { children: ReactNode }) {
  return (
    <SessionContext value={ADA_SESSION}>
      <QueryClientProvider client={ADA_QUERIES}>{children}</QueryClientProvider>
    </SessionContext>
  );
}

/** Ada's client of the group. It opens no connection until something subscribes to it. */
export function adaClient(): GroupClient {
  return new LiveGroup({ groupId: GROUP_ID, session: ADA_SESSION });
}

/** The timeline of the group as Ada sees it: she is a member, and only `change` differs. */
export function adaConversation(change: Partial<Conversation> = {}): Conversation {
  return {
    groupId: GROUP_ID,
    parentId: null,
    me: ADA.id,
    role: 'member',
    isArchived: false,
    client: change.client ?? adaClient(),
    openThread: () => undefined,
    giveBack: () => undefined,
    ...change,
  };
}
