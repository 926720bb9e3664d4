import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { Divider } from '../../../web/realtime/visit/divider.ts';
import { ADA, messageAt } from '../../support/group-events.ts';

const MESSAGES = [1, 2, 3, 4].map((seq) => messageAt(seq));

/** These are loaded, up to the newest; whether there are older ones. */
const loaded = (messages: readonly Message[], hasBefore = false) => {
  return { messages, hasBefore, hasAfter: false };
};

/** Ada's divider once she opened the group, having read so far. */
function openedAt(readSeq: number): Divider {
  const divider = new Divider(ADA.id);
  divider.open(readSeq, MESSAGES);
  return divider;
}

test('it stands before the first unread message, with their number and the time of the first', () => {
  const view = openedAt(2).view(loaded(MESSAGES));
  expect(view).toEqual({
    afterSeq: 2,
    count: 2,
    mentions: 0,
    isAtLeast: false,
    since: MESSAGES[2]?.createdAt,
  });
});

test('where everything is read, or was never read, there is none', () => {
  expect(openedAt(4).view(loaded(MESSAGES))).toBeUndefined();
  expect(openedAt(0).view(loaded(MESSAGES))).toBeUndefined();
});

test('my own messages, system lines and deleted messages are not new', () => {
  const divider = new Divider(ADA.id);
  const rest = [
    messageAt(2, { userId: ADA.id }),
    messageAt(3, { system: { kind: 'joined' } }),
    messageAt(4, { deletedAt: 9 }),
  ];
  divider.open(1, rest);
  expect(divider.view(loaded(rest))).toBeUndefined();
});

test('it is placed once: what is read later does not move it', () => {
  const divider = openedAt(2);
  divider.open(4, MESSAGES);
  expect(divider.afterSeq).toBe(2);
});

test('what arrives while the page is looked at is not marked', () => {
  const divider = openedAt(4);
  divider.arrived(messageAt(5));
  expect(divider.afterSeq).toBeUndefined();
});

test('the first that arrives while nobody looks gets it', () => {
  const divider = openedAt(4);
  divider.setWatching(false);
  divider.arrived(messageAt(5, { userId: ADA.id }));
  divider.arrived(messageAt(6));
  divider.arrived(messageAt(7));
  expect(divider.afterSeq).toBe(5);
});

test('a change of an old message is no arrival', () => {
  const divider = openedAt(4);
  divider.setWatching(false);
  divider.arrived(messageAt(3, { rev: 9 }));
  expect(divider.afterSeq).toBeUndefined();
});

test('leaving takes it away, and the next visit begins anew', () => {
  const divider = openedAt(2);
  divider.leave();
  expect(divider.view(loaded(MESSAGES))).toBeUndefined();
  divider.open(3, MESSAGES);
  expect(divider.afterSeq).toBe(3);
});

// More is unread than is loaded

const NEWEST = [297, 298, 299, 300].map((seq) => messageAt(seq));

/** Ada's divider after the server has counted behind seq 80, when the group stood at 300. */
function countedAt80(unread: number, mentions = 0): Divider {
  const divider = new Divider(ADA.id);
  divider.counted({ readSeq: 80, unread, mentions }, 300);
  divider.open(80, NEWEST);
  return divider;
}

test('it says what the server counted, and what came since', () => {
  const divider = countedAt80(212, 2);
  const naming = messageAt(302, { mentions: [ADA.id] });
  for (const message of [messageAt(301), naming, messageAt(303, { userId: ADA.id })]) {
    divider.arrived(message);
    divider.arrived(message);
  }
  // What the server has counted already comes once more with a page.
  divider.arrived(messageAt(250));
  expect(divider.view(loaded(NEWEST, true))).toEqual({
    afterSeq: 80,
    count: 214,
    mentions: 3,
    isAtLeast: false,
  });
});

test('a thousand are at least a thousand, whatever comes', () => {
  const divider = countedAt80(1_000, 5);
  divider.arrived(messageAt(301));
  expect(divider.view(loaded(NEWEST, true))).toMatchObject({ count: 1_000, isAtLeast: true });
});

test('what the server counts is unread, though none of it is loaded', () => {
  const divider = new Divider(ADA.id);
  const mine = [messageAt(300, { userId: ADA.id })];
  divider.counted({ readSeq: 80, unread: 3, mentions: 0 }, 300);
  divider.open(80, mine);
  expect(divider.view(loaded(mine, true))).toMatchObject({ afterSeq: 80, count: 3 });
});

test('once all of it is loaded, what was deleted since is not counted', () => {
  const divider = countedAt80(4);
  const rest = NEWEST.map((message, n) => (n === 0 ? { ...message, deletedAt: 9 } : message));
  expect(divider.view(loaded(rest))).toMatchObject({ count: 3, isAtLeast: false });
});

test('what was counted behind another cursor is not taken for it', () => {
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

test('it says since when, once the first of it was seen', () => {
  const divider = countedAt80(212);
  const first = messageAt(82);
  divider.showSince([messageAt(81, { userId: ADA.id }), first]);
  expect(divider.view(loaded(NEWEST, true))?.since).toBe(first.createdAt);
});
