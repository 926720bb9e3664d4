import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { Divider } from '../../../web/realtime/visit/divider.ts';
import { ADA, messageAt } from '../../support/group-events.ts';

const MESSAGES = [1, 2, 3, 4].map((seq) => messageAt(seq));

/** Loads these messages as the newest; `hasBefore` says whether older ones exist. */
const loaded = (messages: readonly Message[], hasBefore = false) => {
  return { messages, hasBefore, hasAfter: false };
};

/** Ada's divider after opening the group with this read cursor. */
function openedAt(readSeq: number): Divider {
  const divider = new Divider(ADA.id);
  divider.open(readSeq, MESSAGES);
  return divider;
}

test('the divider stands before the first unread message, with the count and the time of the first', () => {
  const view = openedAt(2).view(loaded(MESSAGES));
  expect(view).toEqual({
    afterSeq: 2,
    count: 2,
    mentions: 0,
    isAtLeast: false,
    since: MESSAGES[2]?.createdAt,
  });
});

test('there is no divider where everything was read, or nothing ever was', () => {
  expect(openedAt(4).view(loaded(MESSAGES))).toBeUndefined();
  expect(openedAt(0).view(loaded(MESSAGES))).toBeUndefined();
});

test('own messages, system lines and deleted messages are not new', () => {
  const divider = new Divider(ADA.id);
  const rest = [
    messageAt(2, { userId: ADA.id }),
    messageAt(3, { system: { kind: 'joined' } }),
    messageAt(4, { deletedAt: 9 }),
  ];
  divider.open(1, rest);
  expect(divider.view(loaded(rest))).toBeUndefined();
});

test('the divider is placed once, and later reads do not move it', () => {
  const divider = openedAt(2);
  divider.open(4, MESSAGES);
  expect(divider.afterSeq).toBe(2);
});

test('messages that arrive while the page is visible are not marked', () => {
  const divider = openedAt(4);
  divider.arrived(messageAt(5));
  expect(divider.afterSeq).toBeUndefined();
});

test('the first message that arrives while the page is hidden gets the divider', () => {
  const divider = openedAt(4);
  divider.setWatching(false);
  divider.arrived(messageAt(5, { userId: ADA.id }));
  divider.arrived(messageAt(6));
  divider.arrived(messageAt(7));
  expect(divider.afterSeq).toBe(5);
});

test('a change of an old message is not an arrival', () => {
  const divider = openedAt(4);
  divider.setWatching(false);
  divider.arrived(messageAt(3, { rev: 9 }));
  expect(divider.afterSeq).toBeUndefined();
});

test('leaving clears the divider, and the next visit places another', () => {
  const divider = openedAt(2);
  divider.leave();
  expect(divider.view(loaded(MESSAGES))).toBeUndefined();
  divider.open(3, MESSAGES);
  expect(divider.afterSeq).toBe(3);
});

// More unread messages than loaded ones

const NEWEST = [297, 298, 299, 300].map((seq) => messageAt(seq));

/** Ada's divider after the server counted from seq 80, with the group at rev 300. */
function countedAt80(unread: number, mentions = 0): Divider {
  const divider = new Divider(ADA.id);
  divider.counted({ readSeq: 80, unread, mentions }, 300);
  divider.open(80, NEWEST);
  return divider;
}

test('the divider counts what the server counted, and what arrived since', () => {
  const divider = countedAt80(212, 2);
  const naming = messageAt(302, { mentions: [ADA.id] });
  for (const message of [messageAt(301), naming, messageAt(303, { userId: ADA.id })]) {
    divider.arrived(message);
    divider.arrived(message);
  }
  // A page contains messages that the server has counted already.
  divider.arrived(messageAt(250));
  expect(divider.view(loaded(NEWEST, true))).toEqual({
    afterSeq: 80,
    count: 214,
    mentions: 3,
    isAtLeast: false,
  });
});

test('a count of a thousand means at least a thousand, whatever arrives', () => {
  const divider = countedAt80(1_000, 5);
  divider.arrived(messageAt(301));
  expect(divider.view(loaded(NEWEST, true))).toMatchObject({ count: 1_000, isAtLeast: true });
});

test('messages that the server counts are unread, though none is loaded', () => {
  const divider = new Divider(ADA.id);
  const mine = [messageAt(300, { userId: ADA.id })];
  divider.counted({ readSeq: 80, unread: 3, mentions: 0 }, 300);
  divider.open(80, mine);
  expect(divider.view(loaded(mine, true))).toMatchObject({ afterSeq: 80, count: 3 });
});

test('once all are loaded, messages deleted since are not counted', () => {
  const divider = countedAt80(4);
  const rest = NEWEST.map((message, n) => (n === 0 ? { ...message, deletedAt: 9 } : message));
  expect(divider.view(loaded(rest))).toMatchObject({ count: 3, isAtLeast: false });
});

test('a count for another cursor is not used', () => {
  const divider = countedAt80(212);
  divider.counted({ readSeq: 290, unread: 8, mentions: 0 }, 300);
  expect(divider.view(loaded(NEWEST, true))?.count).toBe(212);
  divider.leave();
  divider.open(290, NEWEST);
  expect(divider.isCounted(loaded(NEWEST, true))).toBe(false);
  expect(divider.view(loaded(NEWEST, true))).toMatchObject({ count: 4, isAtLeast: true });
  divider.counted({ readSeq: 290, unread: 8, mentions: 0 }, 300);
  expect(divider.view(loaded(NEWEST, true))).toMatchObject({ count: 8, isAtLeast: false });
});

test('the divider has the time of the first new message, once that is loaded', () => {
  const divider = countedAt80(212);
  const first = messageAt(82);
  divider.showSince([messageAt(81, { userId: ADA.id }), first]);
  expect(divider.view(loaded(NEWEST, true))?.since).toBe(first.createdAt);
});
