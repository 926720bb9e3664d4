import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { answers } from '../../../web/api/answers.ts';
import { keys } from '../../../web/api/keys.ts';
import { useListFollows } from '../../../web/app/use-list-follows.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, stateAt } from '../../support/group-events.ts';

clearPageAfterEach();

test('the list takes over a new name, and does not change for a message alone', () => {
  const key = keys.myGroups(ADA.id);
  const list = () => answers.get<{ items: InboxEntry[] }>(key).data;
  const { group } = stateAt(1);
  answers.update(key, () => ({ items: [{ group, role: 'member' }] }));
  const before = list();
  const { rerender } = renderHook(useListFollows, { initialProps: group, wrapper: AsAda });
  rerender({ ...group, lastSeq: 2 });
  expect(list()).toBe(before);
  rerender({ ...group, lastSeq: 2, rev: 3, name: 'Mills' });
  expect(list()).toMatchObject({ items: [{ group: { name: 'Mills' } }] });
});
