import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { MessageWindow, type RowEvent } from '../../../web/realtime/replica/message-window.ts';
import { messageAt } from '../../support/group-events.ts';

/** The row after these events. */
function after(row: Message, ...events: RowEvent[]): Message | undefined {
  const window = new MessageWindow(() => true);
  window.merge(row);
  for (const event of events) window.apply(event);
  return window.row(row.id);
}

const ROOT = messageAt(1, { content: 'root' });
let rev = 1;
function reaction(emoji: string, userId: string, op: 'add' | 'remove', count: number): RowEvent {
  rev += 1;
  return { type: 'reaction_update', rev, id: ROOT.id, seq: 1, emoji, userId, op, count };
}

test('emoji are in order of first use, users in the order in which they reacted', () => {
  rev = 1;
  const row = after(
    ROOT,
    reaction('👍', 'ada', 'add', 1),
    reaction('🎉', 'ada', 'add', 1),
    reaction('👍', 'grace', 'add', 2),
    reaction('👍', 'ada', 'remove', 1),
    reaction('👍', 'ada', 'add', 2),
  );
  expect(row?.reactions).toEqual([
    { emoji: '👍', count: 2, userIds: ['grace', 'ada'] },
    { emoji: '🎉', count: 1, userIds: ['ada'] },
  ]);
});

test('an emoji without users disappears, and returns at the end', () => {
  rev = 1;
  const row = after(
    ROOT,
    reaction('👍', 'ada', 'add', 1),
    reaction('🎉', 'ada', 'add', 1),
    reaction('👍', 'ada', 'remove', 0),
    reaction('👍', 'ada', 'add', 1),
  );
  expect(row?.reactions?.map(({ emoji }) => emoji)).toEqual(['🎉', '👍']);
});

test('of more than a hundred users the latest are named', () => {
  rev = 1;
  const events = Array.from({ length: 101 }, (_, n) => reaction('👍', `user_${n}`, 'add', n + 1));
  const [most] = after(ROOT, ...events)?.reactions ?? [];
  expect(most?.count).toBe(101);
  expect(most?.userIds).toHaveLength(100);
  expect(most?.userIds.at(0)).toBe('user_1');
  expect(most?.userIds.at(-1)).toBe('user_100');
});

test('an event is not applied to a row that is newer', () => {
  rev = 1;
  const newer = { ...ROOT, rev: 10 };
  expect(after(newer, reaction('👍', 'ada', 'add', 1))).toBe(newer);
});

test('a deletion keeps position, author and thread, and removes the content', () => {
  const row: Message = {
    ...ROOT,
    edited: true,
    mentions: ['grace'],
    reactions: [{ emoji: '👍', count: 1, userIds: ['ada'] }],
    pinnedAt: 5,
    pinnedBy: 'ada',
    replyCount: 1,
    replyUserIds: ['ada'],
  };
  const { id, groupId, seq, userId, createdAt } = ROOT;
  expect(after(row, { type: 'message_delete', rev: 9, id, seq, deletedAt: 77 })).toEqual({
    id,
    groupId,
    seq,
    rev: 9,
    userId,
    content: '',
    createdAt,
    updatedAt: 77,
    deletedAt: 77,
    replyCount: 1,
    replyUserIds: ['ada'],
  });
});

test('a reply stamps its root, and deleting the last reply clears the summary', () => {
  const reply = messageAt(2, { parentId: ROOT.id });
  const parent = { id: ROOT.id, replyCount: 1, lastReplyAt: 8, replyUserIds: ['grace'] };
  const replied = after(ROOT, { type: 'message', rev: 2, message: reply, parent });
  expect(replied).toEqual({
    ...ROOT,
    rev: 2,
    replyCount: 1,
    lastReplyAt: 8,
    replyUserIds: ['grace'],
  });
  const none = { id: ROOT.id, replyCount: 0, replyUserIds: [] };
  const deleted: RowEvent = {
    type: 'message_delete',
    rev: 3,
    id: reply.id,
    seq: 2,
    parentId: ROOT.id,
    deletedAt: 9,
    parent: none,
  };
  expect(replied && after(replied, deleted)).toEqual({ ...ROOT, rev: 3 });
});
