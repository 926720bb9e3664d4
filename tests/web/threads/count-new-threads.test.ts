import { expect, test } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { FollowedThread } from '../../../protocol/threads.ts';
import { countNewThreads } from '../../../web/features/threads/count-new-threads.ts';
import { messageAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

/** A thread in the list that was fetched, with its last reply at this time. */
function listed(id: string, unread: number, lastReplyAt: number): FollowedThread {
  const root = messageAt(1, { id });
  return { groupId: root.groupId, root, unread, lastReplyAt, replies: [] };
}

const unread = (...threads: [id: string, at: number][]): InboxEntry =>
  entryOf({
    threads: threads.map(([parentId, lastReplyAt]) => ({ parentId, unread: 1, lastReplyAt })),
  });

test.for<[string, FollowedThread[], InboxEntry, boolean, number]>([
  ['nothing has changed', [listed('a', 1, 9), listed('b', 0, 8)], unread(['a', 9]), false, 0],
  ['one that was first has more', [listed('a', 1, 9)], unread(['a', 12]), false, 0],
  [
    'one that was read has a reply',
    [listed('a', 1, 9), listed('b', 0, 8)],
    unread(['a', 9], ['b', 12]),
    false,
    1,
  ],
  [
    'one that was not listed has a reply',
    [listed('a', 1, 9)],
    unread(['c', 12], ['a', 9]),
    false,
    1,
  ],
  ['one is on a page that is not loaded', [listed('a', 1, 9)], unread(['a', 9], ['c', 3]), true, 0],
  ['one comes before that page', [listed('a', 1, 9)], unread(['c', 12], ['a', 9]), true, 1],
  ['the list was empty', [], unread(['a', 9]), false, 1],
])('if %s, the right number of threads is new', ([, threads, entry, hasMore, count]) => {
  expect(countNewThreads(threads, [entry], hasMore, 100)).toBe(count);
});

test('threads of muted groups are no news', () => {
  const entry = unread(['a', 9]);
  expect(countNewThreads([], [{ ...entry, level: 'none' }], false, 100)).toBe(0);
  expect(countNewThreads([], [{ ...entry, mutedUntil: 200 }], false, 100)).toBe(0);
  expect(countNewThreads([], [{ ...entry, mutedUntil: 50 }], false, 100)).toBe(1);
});
