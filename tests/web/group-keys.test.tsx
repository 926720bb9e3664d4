import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test } from 'vitest';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import type { InboxEntry } from '../../protocol/rest.ts';
import { keys } from '../../web/api/keys.ts';
import { createQueryClient } from '../../web/api/query-client.ts';
import { useGroupKeys } from '../../web/app/use-group-keys.ts';
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

function entry(name: string): InboxEntry {
  const { group } = stateAt(1);
  return { group: { ...group, id: name, name }, role: 'member' };
}

/** Where Alt and this key lead from a place, in a list of three groups. */
function from(path: string, key: string): string | undefined {
  const queries = createQueryClient();
  queries.setQueryData(keys.myGroups(ADA.id), { items: ['a', 'b', 'c'].map(entry) });
  const { hook, history } = memoryLocation({ path, record: true });
  const { unmount } = renderHook(useGroupKeys, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <SessionContext value={ADAS}>
        <QueryClientProvider client={queries}>
          <Router hook={hook}>{children}</Router>
        </QueryClientProvider>
      </SessionContext>
    ),
  });
  fireEvent.keyDown(window, { key, altKey: true });
  unmount();
  queries.clear();
  return history.at(-1);
}

test('Alt and an arrow lead to the next group, also from a message of one', () => {
  expect(from('/g/b', 'ArrowDown')).toBe('/g/c');
  expect(from('/g/b/m/one', 'ArrowDown')).toBe('/g/c');
  expect(from('/g/b/m/one', 'ArrowUp')).toBe('/g/a');
});

test('they go around the ends, and begin there from nowhere', () => {
  expect(from('/g/c', 'ArrowDown')).toBe('/g/a');
  expect(from('/', 'ArrowDown')).toBe('/g/a');
  expect(from('/', 'ArrowUp')).toBe('/g/c');
});
