import { describe, expect, test } from 'vitest';
import type { Message, Reaction, User } from '../../protocol/models.ts';
import { timelineItems } from '../../web/features/conversation/list/timeline-items.ts';
import { permitted } from '../../web/features/conversation/permitted.ts';
import { whoReacted } from '../../web/features/conversation/reactions/reactions.tsx';
import type { TimelineRow } from '../../web/realtime/group-view.ts';
import { namesMe } from '../../web/realtime/message.ts';

function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    id: `message-${seq}`,
    groupId: 'group',
    seq,
    rev: seq,
    userId: 'grace',
    content: `text ${seq}`,
    createdAt: seq,
    ...more,
  };
}

function row(seq: number, more: Partial<Message> = {}): TimelineRow {
  const it = message(seq, more);
  return { state: 'sent', key: it.id, message: it, author: undefined };
}

/** Over which message the divider stands. */
function dividedAt(
  rows: readonly TimelineRow[],
  newAfter: number,
  hasBefore = false,
): string | undefined {
  const items = timelineItems(rows, { hasStart: true, hasBefore, me: 'ada', newAfter });
  const first = items.find((item) => item.type !== 'start' && item.isFirstNew);
  return first?.key;
}

describe('the "New" divider', () => {
  test('stands over the first message of somebody else that is new', () => {
    expect(dividedAt([row(1), row(2), row(3)], 1)).toBe('message-2');
    expect(dividedAt([row(1), row(2, { userId: 'ada' }), row(3)], 1)).toBe('message-3');
  });

  test('stands nowhere if nothing is new', () => {
    expect(dividedAt([row(1), row(2)], 2)).toBeUndefined();
  });

  test('stands nowhere while the first new message may lie above what is loaded', () => {
    expect(dividedAt([row(5), row(6)], 2, true)).toBeUndefined();
    expect(dividedAt([row(5), row(6)], 2, false)).toBe('message-5');
    expect(dividedAt([row(2), row(6)], 2, true)).toBe('message-6');
  });

  test('begins a header of its own', () => {
    const items = timelineItems([row(1), row(2), row(3)], {
      hasStart: false,
      hasBefore: true,
      me: 'ada',
      newAfter: 2,
    });
    expect(items.map((item) => item.type === 'message' && item.hasHeader)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('what is offered for a message', () => {
  const place = { me: 'ada', role: 'member', isArchived: false, parentId: null } as const;

  test('editing and deleting are for its author, deleting for admins too', () => {
    const theirs = message(1);
    const mine = message(2, { userId: 'ada' });
    expect(permitted(mine, place)).toMatchObject({ edit: true, delete: true });
    expect(permitted(theirs, place)).toMatchObject({ edit: false, delete: false });
    const asAdmin = { ...place, role: 'admin' } as const;
    expect(permitted(theirs, asAdmin)).toMatchObject({ edit: false, delete: true });
  });

  test('guests do not pin', () => {
    expect(permitted(message(1), { ...place, role: 'guest' })).toMatchObject({ pin: false });
    expect(permitted(message(1), place)).toMatchObject({ pin: true });
  });

  test('an archived group is only read', () => {
    expect(permitted(message(1, { userId: 'ada' }), { ...place, isArchived: true })).toEqual({
      react: false,
      reply: true,
      edit: false,
      delete: false,
      pin: false,
      markUnread: true,
    });
  });

  test('replies have no thread of their own, and a deleted root keeps only its thread', () => {
    expect(permitted(message(1), { ...place, parentId: 'root' }).reply).toBe(false);
    expect(permitted(message(1, { parentId: 'root' }), place).reply).toBe(false);
    const allowed = Object.entries(permitted(message(1, { deletedAt: 5 }), place));
    expect(allowed.filter(([, isAllowed]) => isAllowed)).toEqual([['reply', true]]);
  });
});

describe('who reacted', () => {
  const userOf = (id: string): User => ({
    id,
    name: id.toUpperCase(),
    handle: id,
    imageUrl: '',
    role: 'member',
  });
  const reaction = (count: number, ...userIds: string[]): Reaction => ({
    emoji: '🎉',
    count,
    userIds,
  });

  test('names me first, then the latest', () => {
    expect(whoReacted(reaction(3, 'bob', 'ada', 'cy'), 'ada', userOf)).toBe(
      'You, CY, and BOB reacted with 🎉',
    );
  });

  test('counts whoever is not named', () => {
    expect(whoReacted(reaction(3, 'bob', 'cy'), 'ada', userOf)).toBe(
      'CY, BOB, and 1 other reacted with 🎉',
    );
    const many = Array.from({ length: 100 }, (_, n) => `p${n}`);
    expect(whoReacted(reaction(250, ...many), 'ada', userOf)).toMatch(/and 240 others reacted/);
  });
});

test('a message is for me if it names me or everyone, and is not mine', () => {
  expect(namesMe(message(1, { mentions: ['ada'] }), 'ada')).toBe(true);
  expect(namesMe(message(1, { content: 'all: <@all>' }), 'ada')).toBe(true);
  expect(namesMe(message(1, { mentions: ['bob'] }), 'ada')).toBe(false);
  expect(namesMe(message(1, { userId: 'ada', content: '<@here>' }), 'ada')).toBe(false);
});
