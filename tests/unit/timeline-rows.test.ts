import { expect, test } from 'vitest';
import type { User } from '../../protocol/models.ts';
import type { Unsent } from '../../web/realtime/outbox-entry.ts';
import { TimelineRows } from '../../web/realtime/timeline-rows.ts';
import { ADA, messageAt } from '../support/group-events.ts';
import { person } from '../support/node-room.ts';

const people = new Map<string, User>([ADA, person('Grace')].map((user) => [user.id, user]));
const userOf = (id: string) => people.get(id);
const unsent: Unsent = { id: 'mine', content: 'hello', createdAt: 1, state: 'sending' };

test('unsent messages stand below everything that was sent', () => {
  const rows = new TimelineRows().build([messageAt(1), messageAt(2)], [unsent], ADA.id, userOf);
  expect(rows.map(({ state }) => state)).toEqual(['sent', 'sent', 'sending']);
  expect(rows[2]).toMatchObject({ key: 'mine', content: 'hello', author: ADA });
});

test('rows of which nothing changed are the same objects', () => {
  const timeline = new TimelineRows();
  const messages = [messageAt(1), messageAt(2)];
  const before = timeline.build(messages, [unsent], ADA.id, userOf);
  const after = timeline.build([...messages, messageAt(3)], [unsent], ADA.id, userOf);
  expect([after[0], after[1], after[3]].every((row, n) => row === before[n])).toBe(true);
});

test('a new name shows on every row of its person, and on no other', () => {
  const timeline = new TimelineRows();
  const messages = [messageAt(1), messageAt(2, { userId: ADA.id })];
  const before = timeline.build(messages, [], ADA.id, userOf);
  const renamed = { ...person('Grace'), name: 'Rear Admiral Grace' };
  const after = timeline.build(messages, [], ADA.id, (id) =>
    id === renamed.id ? renamed : userOf(id),
  );
  expect(after[0]?.author).toBe(renamed);
  expect(after[1]).toBe(before[1]);
});

test('a message is not shown twice when it was sent and is not yet known to be', () => {
  const sent = messageAt(1, { id: 'mine', userId: ADA.id });
  const rows = new TimelineRows().build([sent], [unsent], ADA.id, userOf);
  expect(rows).toEqual([{ state: 'sent', key: 'mine', message: sent, author: ADA }]);
});

test('a deleted message is not shown', () => {
  const rows = new TimelineRows().build([messageAt(1, { deletedAt: 2 })], [], ADA.id, userOf);
  expect(rows).toEqual([]);
});
