import { fail, ok, type Result } from '../../../protocol/errors.ts';
import type { Member, Message } from '../../../protocol/models.ts';
import { type Action, may } from '../../../protocol/permissions.ts';
import type { RoomStore } from '../rows/room-store.ts';

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
      'Your role in this group does not allow this. Ask an admin of the group.',
    );
  }
  return ok(member);
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
