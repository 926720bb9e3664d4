import { expect, test } from 'vitest';
import { Divider } from '../../web/realtime/divider.ts';
import { ADA, messageAt } from '../support/group-events.ts';

const MESSAGES = [1, 2, 3, 4].map((seq) => messageAt(seq));

/** Ada's divider once she opened the group, having read so far. */
function openedAt(readSeq: number): Divider {
  const divider = new Divider(ADA.id);
  divider.open(readSeq, MESSAGES);
  return divider;
}

test('it stands before the first unread message, with their number and the time of the first', () => {
  const view = openedAt(2).view(MESSAGES);
  expect(view).toEqual({ afterSeq: 2, count: 2, since: MESSAGES[2]?.createdAt });
});

test('where everything is read, or was never read, there is none', () => {
  expect(openedAt(4).view(MESSAGES)).toBeUndefined();
  expect(openedAt(0).view(MESSAGES)).toBeUndefined();
});

test('my own messages, system lines and deleted messages are not new', () => {
  const divider = new Divider(ADA.id);
  const rest = [
    messageAt(2, { userId: ADA.id }),
    messageAt(3, { system: { kind: 'joined' } }),
    messageAt(4, { deletedAt: 9 }),
  ];
  divider.open(1, rest);
  expect(divider.view(rest)).toBeUndefined();
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
  expect(divider.view(MESSAGES)).toBeUndefined();
  divider.open(3, MESSAGES);
  expect(divider.afterSeq).toBe(3);
});
