import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useSyncMyGroups } from '../../web/api/groups.ts';
import { keys } from '../../web/api/keys.ts';
import { stateAt } from '../support/group-events.ts';
import { ADAS_QUERIES, AsAda, forgetQueries } from '../support/signed-in.tsx';

afterEach(() => {
  cleanup();
  forgetQueries();
});

test('the list takes a new name over, and stays as it is when somebody only talks', async () => {
  const list = () => ADAS_QUERIES.getQueryData<{ items: InboxEntry[] }>(keys.myGroups());
  const { group } = stateAt(1);
  ADAS_QUERIES.setQueryData(keys.myGroups(), { items: [{ group, role: 'member' }] });
  const before = list();
  const { rerender } = renderHook(useSyncMyGroups, { initialProps: group, wrapper: AsAda });
  rerender({ ...group, lastSeq: 2 });
  expect(list()).toBe(before);
  rerender({ ...group, lastSeq: 2, rev: 3, name: 'Mills' });
  await vi.waitFor(() => expect(list()).toMatchObject({ items: [{ group: { name: 'Mills' } }] }));
});
