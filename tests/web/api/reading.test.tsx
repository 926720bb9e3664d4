import { act, renderHook } from '@testing-library/react';
import { v7 as uuidv7 } from 'uuid';
import { expect, test, vi } from 'vitest';
import { GROUPS_READ_AT_ONCE } from '../../../protocol/limits.ts';
import { GroupsToRead, GroupsToUnread } from '../../../protocol/reading.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { keys } from '../../../web/api/keys.ts';
import { isUnread, useReading } from '../../../web/api/reading.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

const GROUPS = 500;
const FORBIDDEN = {
  type: 'about:blank',
  title: 'No',
  status: 403,
  code: 'forbidden',
  detail: 'No.',
};

/** A user in 500 groups, all unread, whose server answers as the Rooms would; `failing` requests are lost. */
function manyGroups(failing: ReadonlySet<number> = new Set()) {
  const entries = Array.from({ length: GROUPS }, () =>
    entryOf({ unread: 2, readSeq: 1, favourite: 3 }, { id: uuidv7(), lastSeq: 3 }),
  );
  ADA_QUERIES.setQueryData(keys.myGroups(), { items: entries });
  let asked = 0;
  vi.stubGlobal('fetch', async (address: string, { body }: { body: string }) => {
    const at = asked;
    asked += 1;
    if (failing.has(at)) return Response.json(FORBIDDEN, { status: 403 });
    if (address.endsWith('/unread')) {
      const { groups } = GroupsToUnread.parse(JSON.parse(body));
      const items = groups.map(({ groupId, readSeq = 0 }) =>
        entryOf({ unread: 2, readSeq }, { id: groupId, lastSeq: 3 }),
      );
      return Response.json({ entries: items, failed: [] });
    }
    const { groups } = GroupsToRead.parse(JSON.parse(body));
    expect(groups.length).toBeLessThanOrEqual(GROUPS_READ_AT_ONCE);
    return Response.json({
      entries: groups.map(({ groupId, seq }) =>
        entryOf({ readSeq: seq }, { id: groupId, lastSeq: 3 }),
      ),
      before: groups.map(({ groupId, seq }) => ({ groupId, seq, readSeq: 1, threads: [] })),
      failed: [],
    });
  });
  const { result } = renderHook(() => useReading(), { wrapper: AsAda });
  return { entries, reading: () => result.current, asked: () => asked };
}

const shown = () => ADA_QUERIES.getQueryData<{ items: InboxEntry[] }>(keys.myGroups())?.items ?? [];

test('500 groups are read in parts and back, and keep what their Rooms do not know', async () => {
  const { entries, reading, asked } = manyGroups();
  const marked = await act(() => reading().read(entries.filter(isUnread)));
  expect(marked.before).toHaveLength(GROUPS);
  expect(asked()).toBe(GROUPS / GROUPS_READ_AT_ONCE);
  expect(shown().filter(isUnread)).toEqual([]);
  expect(shown()[0]?.favourite).toBe(3);
  const undone = await act(() => reading().undo(marked.before));
  expect(undone.failed).toBe(0);
  expect(shown()).toEqual(entries);
});

test('a part that fails is counted and stays unread', async () => {
  const { entries, reading } = manyGroups(new Set([1]));
  const marked = await act(() => reading().read(entries));
  expect(marked).toMatchObject({ failed: GROUPS_READ_AT_ONCE, failure: { code: 'forbidden' } });
  expect(shown().filter(isUnread)).toHaveLength(GROUPS_READ_AT_ONCE);
});

test('an answer that is older than what has arrived does not hide it', async () => {
  const { entries, reading } = manyGroups();
  const [first] = entries;
  if (!first) throw new Error('there are groups');
  const newer = { ...first, unread: 1, group: { ...first.group, lastSeq: 4 } };
  const read = reading().read([first]);
  ADA_QUERIES.setQueryData(keys.myGroups(), { items: [newer] });
  await act(() => read);
  expect(shown()).toEqual([newer]);
});
