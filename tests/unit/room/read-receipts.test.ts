import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, test } from 'vitest';
import type { ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import {
  eventSeenBy,
  ReadReceipts,
  seenBy,
  shared,
} from '../../../worker/room/rules/read-receipts.ts';
import { threadState } from '../../../worker/room/rules/thread-state.ts';
import { type Audience, isMeant } from '../../../worker/sockets/audience.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;
const linus = person('Linus').id;

/** What a viewer sees of what Grace has read: of Grace's switch, of the viewer's, and whether the viewer is Grace. */
const CASES: [who: string, viewer: string, off: string[], sees: 'read' | 'delivered'][] = [
  ['both on', ada, [], 'read'],
  ['the reader off', ada, [grace], 'delivered'],
  ['the viewer off', ada, [ada], 'delivered'],
  ['both off', ada, [ada, grace], 'delivered'],
  ['another member off', ada, [linus], 'read'],
  ['the reader on, of themselves', grace, [], 'read'],
  ['the reader off, of themselves', grace, [grace], 'read'],
  ['everyone off, of themselves', grace, [ada, grace, linus], 'read'],
];

describe.each(CASES)('%s:', (_, viewer, off, sees) => {
  const isRead = sees === 'read';
  const without = new Set(off);

  it(`a state shows what was ${sees}`, () => {
    const receipt = { userId: grace, readSeq: 7, readAt: 70, deliveredSeq: 9 };
    const shown = isRead ? receipt : { userId: grace, readSeq: 0, deliveredSeq: 9 };
    expect(seenBy(viewer, receipt, without)).toEqual(shown);
  });

  it.each<[what: string, move: Partial<ReceiptUpdateEvent>, shown: Partial<ReceiptUpdateEvent>]>([
    ['a read', { readSeq: 7, readAt: 70 }, {}],
    ['a delivery', { deliveredSeq: 9 }, { deliveredSeq: 9 }],
    ['both', { readSeq: 7, readAt: 70, deliveredSeq: 9 }, { deliveredSeq: 9 }],
  ])(`an event of %s is sent as far as it was ${sees}`, (_what, move, delivered) => {
    const event = { type: 'receipt_update' as const, userId: grace, ...move };
    const sent = shared(event, without).filter(({ to }) => isMeant(to, viewer));
    const received = Object.assign({}, ...sent.map(({ event: part }) => part));
    const { type, userId, ...fields } = received;
    expect(fields).toEqual(isRead ? move : delivered);
  });

  it('an event that waited for a poll is answered as it may be seen now', () => {
    const event = {
      type: 'receipt_update' as const,
      userId: grace,
      readSeq: 7,
      readAt: 70,
      deliveredSeq: 9,
    };
    const { readAt: _readAt, ...rest } = event;
    expect(eventSeenBy(viewer, event, without)).toEqual(isRead ? event : { ...rest, readSeq: 0 });
  });
});

test('while nobody has them off, a move is one event for everyone', () => {
  const move = { type: 'receipt_update' as const, userId: grace, readSeq: 7, deliveredSeq: 7 };
  expect(shared(move, new Set())).toEqual([{ event: move, to: {} }]);
});

/** A group in which everyone has read everything, and what a change of the setting sends. */
function readGroup() {
  const room = nodeRoom(['Grace', 'Linus']);
  room.conversation.send(ada, { id: uuidv7(), content: 'read this' });
  const seq = room.store.counter();
  for (const userId of [ada, grace, linus]) room.receipts.read(userId, { seq, mark: 0 });
  const stored = { times: 0 };
  const sent: { event: ReceiptUpdateEvent; to: Audience }[] = [];
  const readReceipts = new ReadReceipts(room.store, {
    publish: (event, to) => void sent.push({ event, to }),
    changed: () => {
      stored.times += 1;
    },
  });
  /** What this viewer's clients were told since the last call, by whom it is about: the last `readSeq`. */
  const told = (viewer: string) =>
    Object.fromEntries(
      sent.flatMap(({ event, to }) =>
        isMeant(to, viewer) ? [[event.userId, event.readSeq] as const] : [],
      ),
    );
  return { room, seq, sent, stored, readReceipts, told };
}

/** The readers whom the state of this viewer names. */
function readersIn({ store }: NodeRoom, viewer: string): string[] {
  const me = store.members.find(viewer);
  if (!me) throw new Error('not a member');
  const { receipts } = threadState(store, me, {}, { presence: [], typing: [] });
  return receipts.flatMap(({ userId, readSeq, readAt }) =>
    readSeq > 0 && readAt !== undefined ? [userId] : [],
  );
}

test('switching off takes back at once what others saw, and what they saw of others; their own clients keep it', () => {
  const { room, readReceipts, told } = readGroup();
  readReceipts.set(grace, { isOn: false, version: 1 });
  expect(told(ada)).toEqual({ [grace]: 0 });
  expect(told(linus)).toEqual({ [grace]: 0 });
  expect(told(grace)).toEqual({ [ada]: 0, [linus]: 0 });
  expect(readersIn(room, ada)).toEqual([ada, linus]);
  expect(readersIn(room, grace)).toEqual([grace]);
});

test('switching on shows at once what is read, except to those and of those who have it off', () => {
  const { room, seq, sent, readReceipts, told } = readGroup();
  readReceipts.set(grace, { isOn: false, version: 1 });
  readReceipts.set(linus, { isOn: false, version: 1 });
  sent.length = 0;
  readReceipts.set(grace, { isOn: true, version: 2 });
  expect(told(ada)).toEqual({ [grace]: seq });
  expect(told(linus)).toEqual({});
  expect(told(grace)).toEqual({ [ada]: seq, [linus]: 0 });
  expect(readersIn(room, ada)).toEqual([ada, grace]);
  expect(readersIn(room, linus)).toEqual([linus]);
});

test('what an Inbox says late does not undo a later change, and nothing is stored for those who never changed it', () => {
  const { room, sent, stored, readReceipts } = readGroup();
  readReceipts.set(grace, { isOn: true, version: 0 });
  expect(room.sql.exec('SELECT * FROM preferences').toArray()).toEqual([]);
  readReceipts.set(grace, { isOn: false, version: 3 });
  sent.length = 0;
  readReceipts.set(grace, { isOn: true, version: 2 });
  readReceipts.set(grace, { isOn: false, version: 3 });
  expect(sent).toEqual([]);
  expect(stored.times).toBe(1);
  expect(room.store.preferences.find(grace)).toMatchObject({
    readReceipts: false,
    receiptsVersion: 3,
  });
});
