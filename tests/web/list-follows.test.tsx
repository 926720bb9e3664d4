import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { keys } from '../../web/api/keys.ts';
import { createQueryClient } from '../../web/api/query-client.ts';
import { useListFollows } from '../../web/app/use-list-follows.ts';
import type { SignedIn } from '../../web/session/session.ts';
import { SessionContext } from '../../web/session/session-context.ts';
import { ADA, stateAt } from '../support/group-events.ts';

afterEach(cleanup);

const ADAS: SignedIn = {
  state: 'signed-in',
  userId: ADA.id,
  getToken: async () => 'token',
  signOut: async () => undefined,
};

test('the list takes a new name over, and is as old as before when somebody only talks', () => {
  const queries = createQueryClient();
  const key = keys.myGroups(ADA.id);
  const { group } = stateAt(1);
  queries.setQueryData(key, { items: [{ group, role: 'member' }] }, { updatedAt: 1_000 });
  const { rerender } = renderHook(useListFollows, {
    initialProps: group,
    wrapper: ({ children }: { children: ReactNode }) => (
      <SessionContext value={ADAS}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </SessionContext>
    ),
  });
  rerender({ ...group, lastSeq: 2 });
  expect(queries.getQueryState(key)?.dataUpdatedAt).toBe(1_000);
  rerender({ ...group, lastSeq: 2, rev: 3, name: 'Mills' });
  expect(queries.getQueryData(key)).toMatchObject({ items: [{ group: { name: 'Mills' } }] });
  queries.clear();
});
