import { fail, ok, type Result } from '../../../protocol/errors.ts';
import type { Member, Message } from '../../../protocol/models.ts';
import { type Action, may } from '../../../protocol/permissions.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** Why the people of a direct group, who all have the same role, cannot change it. */
const DIRECT_STAYS =
  'A direct conversation always stays as it is, with the same people. Create a group for anything else.';

/**
 * The member with this id, if their role allows the action. Fails with `forbidden`, or with `not_found` for a private group
 * of which the user was never a member: they must not learn that it exists.
 */
export function memberWhoMay(store: RoomStore, userId: string, action: Action): Result<Member> {
  const member = store.members.find(userId);
  if (!member || member.leftAt !== undefined) {
    const isKnown = store.group().visibility === 'public' || member !== undefined;
    if (!isKnown) return fail('not_found', 'There is no such group.');
    return fail('forbidden', 'You are not a member of this group.');
  }
  if (!may(member.role, action)) {
    return fail(
      'forbidden',
      store.group().kind === 'direct'
        ? DIRECT_STAYS
        : 'Your role in this group does not allow this. Ask an admin of the group.',
    );
  }
  return ok(member);
}

/** The member with this id, in a group whose people and roles can change. Fails with `forbidden` in a direct group. */
export function memberWhoseGroupChanges(store: RoomStore, userId: string): Result<Member> {
  const member = memberWhoMay(store, userId, 'read');
  if (!member.ok || store.group().kind !== 'direct') return member;
  return fail('forbidden', DIRECT_STAYS);
}

/** The member with this id, if they may do what changes the group's content. Fails with `archived` in an archived group. */
export function memberWhoMayWrite(
  store: RoomStore,
  userId: string,
  action: Action,
): Result<Member> {
  const member = memberWhoMay(store, userId, action);
  if (!member.ok || !store.isArchived()) return member;
  return fail('archived', 'This group is archived: it can be read, not written to.');
}

/** The root of a thread, without its reactions. `not_found` for the id of a reply or an unknown one. */
export function rootOf(store: RoomStore, parentId: string): Result<Message> {
  const root = store.messages.plainById(parentId);
  if (root && root.parentId === undefined) return ok(root);
  return fail('not_found', 'There is no such thread in this group.');
}
