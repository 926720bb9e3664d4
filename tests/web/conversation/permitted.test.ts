import { describe, expect, test } from 'vitest';
import { permitted } from '../../../web/features/conversation/permitted.ts';
import { messageAt } from '../../support/group-events.ts';

describe('what is offered for a message', () => {
  const place = { me: 'ada', role: 'member', isArchived: false, parentId: null } as const;

  test('editing and deleting are for its author, deleting for admins too', () => {
    const theirs = messageAt(1);
    const mine = messageAt(2, { userId: 'ada' });
    expect(permitted(mine, place)).toMatchObject({ edit: true, delete: true });
    expect(permitted(theirs, place)).toMatchObject({ edit: false, delete: false });
    const asAdmin = { ...place, role: 'admin' } as const;
    expect(permitted(theirs, asAdmin)).toMatchObject({ edit: false, delete: true });
  });

  test('guests do not pin', () => {
    expect(permitted(messageAt(1), { ...place, role: 'guest' })).toMatchObject({ pin: false });
    expect(permitted(messageAt(1), place)).toMatchObject({ pin: true });
  });

  test('an archived group is only read', () => {
    expect(permitted(messageAt(1, { userId: 'ada' }), { ...place, isArchived: true })).toEqual({
      react: false,
      reply: true,
      edit: false,
      delete: false,
      pin: false,
      markUnread: true,
    });
  });

  test('replies have no thread of their own, and a deleted root keeps only its thread', () => {
    expect(permitted(messageAt(1), { ...place, parentId: 'root' }).reply).toBe(false);
    expect(permitted(messageAt(1, { parentId: 'root' }), place).reply).toBe(false);
    const allowed = Object.entries(permitted(messageAt(1, { deletedAt: 5 }), place));
    expect(allowed.filter(([, isAllowed]) => isAllowed)).toEqual([['reply', true]]);
  });
});
