import { expect, test } from 'vitest';
import type { Failure } from '../../../protocol/errors.ts';
import type { User } from '../../../protocol/models.ts';
import { type NewChange, newOutboxRow } from '../../../web/realtime/cache/outbox-row.ts';
import type { ReceiptView } from '../../../web/realtime/group-view.ts';
import type { UnsentMessage } from '../../../web/realtime/outbox/entry.ts';
import { type RowSources, TimelineRows } from '../../../web/realtime/view/timeline-rows.ts';
import { ADA, messageAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

const people = new Map<string, User>([ADA, person('Grace')].map((user) => [user.id, user]));
const userOf = (id: string) => people.get(id);
const sources: RowSources = { messages: [], unsent: [], changes: new Map(), me: ADA.id, userOf };
const unsent: UnsentMessage = { id: 'mine', content: 'hello', createdAt: 1, state: 'sending' };

test('unsent messages stand below all sent messages', () => {
  const rows = new TimelineRows().build({
    ...sources,
    messages: [messageAt(1), messageAt(2)],
    unsent: [unsent],
  });
  expect(rows.map(({ state }) => state)).toEqual(['sent', 'sent', 'sending']);
  expect(rows[2]).toMatchObject({ key: 'mine', content: 'hello', author: ADA });
});

test('unchanged rows stay the same objects', () => {
  const timeline = new TimelineRows();
  const messages = [messageAt(1), messageAt(2)];
  const before = timeline.build({ ...sources, messages, unsent: [unsent] });
  const after = timeline.build({
    ...sources,
    messages: [...messages, messageAt(3)],
    unsent: [unsent],
  });
  expect([after[0], after[1], after[3]].every((row, n) => row === before[n])).toBe(true);
});

test('the receipt moves to a new message with its first frame, and only those two rows change', () => {
  const timeline = new TimelineRows();
  const mine = messageAt(1, { userId: ADA.id });
  const messages = [mine, messageAt(2)];
  const view: ReceiptView = { state: 'delivered', readBy: [] };
  const before = timeline.build({ ...sources, messages, receipt: { id: mine.id, view } });
  const rows = timeline.build({
    ...sources,
    messages,
    unsent: [unsent],
    receipt: { id: unsent.id },
  });
  expect(before[0]).toMatchObject({ receipt: view });
  expect(rows[0]).not.toHaveProperty('receipt');
  expect(rows[1]).toBe(before[1]);
  expect(rows[2]).toMatchObject({ key: 'mine', hasReceipt: true });
  const later = timeline.build({
    ...sources,
    messages,
    unsent: [unsent, { ...unsent, id: 'newer' }],
    receipt: { id: 'newer' },
  });
  expect(later.slice(2)).toMatchObject([{ hasReceipt: false }, { hasReceipt: true }]);
});

test('a new name shows on every row of its user, and on no other', () => {
  const timeline = new TimelineRows();
  const messages = [messageAt(1), messageAt(2, { userId: ADA.id })];
  const before = timeline.build({ ...sources, messages });
  const renamed = { ...person('Grace'), name: 'Rear Admiral Grace' };
  const after = timeline.build({
    ...sources,
    messages,
    userOf: (id) => (id === renamed.id ? renamed : userOf(id)),
  });
  expect(after[0]?.author).toBe(renamed);
  expect(after[1]).toBe(before[1]);
});

test('a message that arrived before its acknowledgement is shown once', () => {
  const sent = messageAt(1, { id: 'mine', userId: ADA.id });
  const rows = new TimelineRows().build({ ...sources, messages: [sent], unsent: [unsent] });
  expect(rows).toEqual([{ state: 'sent', key: 'mine', message: sent, author: ADA }]);
});

test('a reply carries the root of its thread while that is held, and follows its changes', () => {
  const timeline = new TimelineRows();
  const root = messageAt(1);
  const messages = [messageAt(2, { parentId: root.id, alsoToGroup: true }), messageAt(3)];
  const mine = { ...unsent, parentId: root.id, alsoToGroup: true };
  const build = (held: typeof root | undefined) =>
    timeline.build({ ...sources, messages, unsent: [mine], rootOf: () => held });
  expect(build(undefined).map((row) => row.root)).toEqual([undefined, undefined, undefined]);
  const before = build(root);
  expect(before.map((row) => row.root)).toEqual([root, undefined, root]);
  expect(build(root)).toBe(before);
  const edited = { ...root, content: 'better' };
  expect(build(edited).map((row) => row.root)).toEqual([edited, undefined, edited]);
  expect(build(edited)[1]).toBe(before[1]);
});

test('a deleted message is not shown', () => {
  const rows = new TimelineRows().build({ ...sources, messages: [messageAt(1, { deletedAt: 2 })] });
  expect(rows).toEqual([]);
});

test('a deleted message with replies stays, with its thread', () => {
  const root = messageAt(1, { deletedAt: 2, replyCount: 3 });
  const rows = new TimelineRows().build({ ...sources, messages: [root] });
  expect(rows).toMatchObject([{ message: { deletedAt: 2, replyCount: 3 } }]);
});

const messageId = 'mine';
/** The row of Ada's message after this change of hers. */
function changed(wish: NewChange, failure?: Failure) {
  const message = messageAt(1, { id: messageId, userId: ADA.id });
  const of = { userId: ADA.id, groupId: message.groupId };
  const row = newOutboxRow(of, wish, 5);
  const changes = new Map([[messageId, [{ row, ...(failure && { failure }) }]]]);
  return new TimelineRows().build({ ...sources, messages: [message], changes })[0];
}
const refused: Failure = { code: 'archived', detail: 'It is archived.' };

test('my edit shows at once, and stays when it fails', () => {
  expect(changed({ type: 'edit', messageId, content: 'better' })).toMatchObject({
    message: { content: 'better', edited: true },
    change: { state: 'sending' },
  });
  expect(changed({ type: 'edit', messageId, content: 'better' }, refused)).toMatchObject({
    message: { content: 'better' },
    change: { state: 'failed', failure: refused },
  });
});

test('my reaction shows at once', () => {
  expect(changed({ type: 'reaction', messageId, emoji: '👍', op: 'add' })).toMatchObject({
    message: { reactions: [{ emoji: '👍', count: 1, userIds: [ADA.id] }] },
  });
});

test('a message that I delete disappears at once, and returns if the deletion fails', () => {
  expect(changed({ type: 'delete', messageId })).toBeUndefined();
  expect(changed({ type: 'delete', messageId }, refused)).toMatchObject({
    message: { content: 'message 1' },
    change: { state: 'failed' },
  });
});

test('the list stays the same object while no row changes', () => {
  const timeline = new TimelineRows();
  const messages = [messageAt(1)];
  const before = timeline.build({ ...sources, messages });
  expect(timeline.build({ ...sources, messages: [...messages] })).toBe(before);
});

test('a receipt belongs to its message, and creates a new row only when it changes', () => {
  const timeline = new TimelineRows();
  const messages = [messageAt(1, { id: 'mine', userId: ADA.id })];
  const receipt = (readAt: number) => ({
    id: 'mine',
    view: { state: 'read' as const, readBy: [{ userId: 'user_grace', readAt }] },
  });
  const before = timeline.build({ ...sources, messages, receipt: receipt(1) });
  expect(before[0]).toMatchObject({ receipt: { state: 'read' } });
  expect(timeline.build({ ...sources, messages, receipt: receipt(1) })[0]).toBe(before[0]);
  expect(timeline.build({ ...sources, messages, receipt: receipt(2) })[0]).not.toBe(before[0]);
});
