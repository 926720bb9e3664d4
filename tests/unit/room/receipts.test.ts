import { v7 as uuidv7 } from 'uuid';
import { expect, test } from 'vitest';
import { RECEIPTS_MEMBERS, RESUME_ROWS } from '../../../protocol/limits.ts';
import { asItIsNow } from '../../../worker/room/rules/receipts.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;

function say(room: NodeRoom, times = 1): void {
  for (let n = 0; n < times; n += 1) room.conversation.send(ada, { id: uuidv7(), content: 'x' });
}

test('delivered cursors are stored and sent in groups that show receipts, and not in larger ones', () => {
  const small = nodeRoom(['Grace']);
  const others = Array.from({ length: RECEIPTS_MEMBERS }, (_, n) => `Member${n}`);
  const large = nodeRoom(['Grace', ...others]);
  for (const room of [small, large]) {
    say(room);
    room.receipts.delivered(grace, room.store.counter());
  }
  expect(small.store.cursors.receipt(grace)?.deliveredSeq).toBe(small.store.counter());
  expect(small.ephemeralEvents).toHaveLength(1);
  expect(large.store.cursors.receipt(grace)).toBeUndefined();
  expect(large.ephemeralEvents).toEqual([]);
});

test('a client is far behind when a message has waited long, and more than a page of messages is outstanding', () => {
  const room = nodeRoom();
  const seq = room.store.counter();
  say(room, RESUME_ROWS);
  room.pass(11_000);
  expect(room.receipts.isFarBehind(seq)).toBe(false);
  say(room);
  expect(room.receipts.isFarBehind(seq)).toBe(true);
  expect(room.receipts.isFarBehind(room.store.counter() - 1)).toBe(false);
});

test('a client that fell behind only just now is not far behind', () => {
  const room = nodeRoom();
  const seq = room.store.counter();
  say(room, 2 * RESUME_ROWS);
  expect(room.receipts.isFarBehind(seq)).toBe(false);
});

test("a throttled move is sent with the cursor's position at that time, and nothing else", () => {
  const cursor = { userId: 'ada', readSeq: 9, readAt: 90, deliveredSeq: 12, mark: 3 };
  const waited = { type: 'receipt_update', userId: 'ada' } as const;
  expect(asItIsNow({ ...waited, readSeq: 4, readAt: 40, mark: 2 }, cursor)).toEqual({
    ...waited,
    readSeq: 9,
    readAt: 90,
    mark: 3,
  });
  expect(asItIsNow({ ...waited, deliveredSeq: 5 }, cursor)).toEqual({
    ...waited,
    deliveredSeq: 12,
  });
  const ofThread = { ...waited, parentId: 'root', readSeq: 4 };
  expect(asItIsNow(ofThread, cursor)).toEqual(ofThread);
});
