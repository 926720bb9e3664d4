import { v7 as uuidv7 } from 'uuid';
import { beforeEach, expect, test } from 'vitest';
import type { ReadBefore } from '../../../protocol/reading.ts';
import { inboxEntry } from '../../../worker/room/rules/inbox-entry.ts';
import { memberWhoMay } from '../../../worker/room/rules/permissions.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;

let room: NodeRoom;
let root: string;

/** What is unread for Grace: in the timeline, and in the threads that she follows. */
function unread(): { unread: number; threads: number[] } {
  const member = memberWhoMay(room.store, grace, 'read');
  if (!member.ok) throw new Error(member.failure.detail);
  const { unread, threads } = inboxEntry(room.store, member.value);
  return { unread, threads: threads.map((it) => it.unread) };
}

function say(userId: string, parentId?: string): string {
  const id = uuidv7();
  room.conversation.send(userId, { id, content: 'x', parentId });
  return id;
}

/** Everything that Grace sees is marked as read. */
function readAll(): ReadBefore | undefined {
  const read = room.markRead.read(grace, room.store.counter());
  if (!read.ok) throw new Error(read.failure.detail);
  return read.value.before;
}

const cursors = () => ({
  timeline: room.store.cursors.cursor(grace).readSeq,
  thread: room.store.follows.readThreads(grace, 10).map(({ readSeq }) => readSeq),
});

beforeEach(() => {
  room = nodeRoom(['Grace']);
  root = say(grace);
  room.receipts.read(grace, { seq: room.store.counter(), mark: 0 });
  say(ada, root);
  say(ada);
  say(ada);
});

test('timeline and followed threads are read, and undoing it restores exactly the earlier cursors', () => {
  const before = cursors();
  expect(unread()).toEqual({ unread: 2, threads: [1] });
  const read = readAll();
  expect(unread()).toEqual({ unread: 0, threads: [] });
  if (!read) throw new Error('something was unread');
  expect(room.markRead.undo(grace, read).ok).toBe(true);
  expect(cursors()).toEqual(before);
  expect(unread()).toEqual({ unread: 2, threads: [1] });
});

test('what is written after the seq that was seen stays unread, and an undo adds to it', () => {
  const seen = room.store.counter();
  say(ada);
  say(ada, root);
  const read = room.markRead.read(grace, seen);
  expect(unread()).toEqual({ unread: 1, threads: [1] });
  if (!read.ok || !read.value.before) throw new Error('something was unread');
  room.markRead.undo(grace, read.value.before);
  expect(unread()).toEqual({ unread: 3, threads: [2] });
});

test('a repeat of either does nothing', () => {
  const read = readAll();
  const mark = () => room.store.cursors.cursor(grace).mark;
  expect(readAll()).toBeUndefined();
  if (!read) throw new Error('something was unread');
  room.markRead.undo(grace, read);
  const after = { ...cursors(), mark: mark() };
  room.markRead.undo(grace, read);
  expect({ ...cursors(), mark: mark() }).toEqual(after);
});

test('an undo leaves what was really read in the meantime, and what was marked as unread by hand', () => {
  const read = readAll();
  if (!read) throw new Error('something was unread');
  say(ada);
  room.receipts.read(grace, { seq: room.store.counter(), mark: 0 });
  room.receipts.read(grace, { parentId: root, seq: 1, mark: 0, manual: true });
  const now = cursors();
  room.markRead.undo(grace, read);
  expect(cursors()).toEqual(now);
});

test('a late read of another client, from before the undo, does not undo it', () => {
  const read = readAll();
  if (!read) throw new Error('something was unread');
  room.markRead.undo(grace, read);
  room.receipts.read(grace, { seq: room.store.counter(), mark: 0 });
  expect(unread().unread).toBe(2);
});

test('only a thread that was unread is restored alone', () => {
  room.receipts.read(grace, { seq: room.store.counter(), mark: 0 });
  const timeline = cursors().timeline;
  const read = readAll();
  expect(read).toMatchObject({ threads: [{ parentId: root }] });
  expect(read?.readSeq).toBeUndefined();
  if (!read) throw new Error('something was unread');
  room.markRead.undo(grace, read);
  expect(unread()).toEqual({ unread: 0, threads: [1] });
  expect(cursors().timeline).toBe(timeline);
});

test('someone who is not a member can do neither', () => {
  const outsider = person('Eve').id;
  expect(room.markRead.read(outsider, 1).ok).toBe(false);
  expect(room.markRead.undo(outsider, { groupId: room.groupId, seq: 1, threads: [] }).ok).toBe(
    false,
  );
});
