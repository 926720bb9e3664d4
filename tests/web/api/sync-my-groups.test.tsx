import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { keys } from '../../../web/api/keys.ts';
import { useSyncMyGroups } from '../../../web/api/sync-my-groups.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

test('the list takes over a new name, and does not change for a message alone', async () => {
  const list = () => ADA_QUERIES.getQueryData<{ items: InboxEntry[] }>(keys.myGroups());
  const { group } = stateAt(1);
  ADA_QUERIES.setQueryData(keys.myGroups(), { items: [{ group, role: 'member' }] });
  const before = list();
  const { rerender } = renderHook(useSyncMyGroups, { initialProps: group, wrapper: AsAda });
  rerender({ ...group, lastSeq: 2 });
  expect(list()).toBe(before);
  rerender({ ...group, lastSeq: 2, rev: 3, name: 'Mills' });
  await eventually(() => expect(list()).toMatchObject({ items: [{ group: { name: 'Mills' } }] }));
});
