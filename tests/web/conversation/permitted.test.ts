import { describe, expect, test } from 'vitest';
import { permitted } from '../../../web/features/conversation/permitted.ts';
import { messageAt } from '../../support/group-events.ts';

describe('the actions on a message', () => {
  const place = { me: 'ada', role: 'member', isArchived: false, parentId: null } as const;

  test('include editing and deleting for its author, and deleting for admins', () => {
    const theirs = messageAt(1);
    const mine = messageAt(2, { userId: 'ada' });
    expect(permitted(mine, place)).toMatchObject({ edit: true, delete: true });
    expect(permitted(theirs, place)).toMatchObject({ edit: false, delete: false });
    const asAdmin = { ...place, role: 'admin' } as const;
    expect(permitted(theirs, asAdmin)).toMatchObject({ edit: false, delete: true });
  });

  test('exclude pinning for guests', () => {
    expect(permitted(messageAt(1), { ...place, role: 'guest' })).toMatchObject({ pin: false });
    expect(permitted(messageAt(1), place)).toMatchObject({ pin: true });
  });

  test('are read-only in an archived group', () => {
    expect(permitted(messageAt(1, { userId: 'ada' }), { ...place, isArchived: true })).toEqual({
      react: false,
      reply: true,
      edit: false,
      delete: false,
      pin: false,
      markUnread: true,
    });
  });

  test('lead from the timeline into a thread, also from a reply, and inside a thread into no other', () => {
    expect(permitted(messageAt(1), { ...place, parentId: 'root' }).reply).toBe(false);
    expect(permitted(messageAt(1, { parentId: 'root' }), place).reply).toBe(true);
  });

  test('include for a deleted root only its thread', () => {
    const allowed = Object.entries(permitted(messageAt(1, { deletedAt: 5 }), place));
    expect(allowed.filter(([, isAllowed]) => isAllowed)).toEqual([['reply', true]]);
  });
});
