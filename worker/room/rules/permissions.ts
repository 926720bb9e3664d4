import { fail, ok, type Result } from '../../../protocol/errors.ts';
import type { Member } from '../../../protocol/models.ts';
import { type Action, may } from '../../../protocol/permissions.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** The member that `userId` is, if it may do this; `not_found` for a group that the caller must not know of. */
export function memberWhoMay(store: RoomStore, userId: string, action: Action): Result<Member> {
  const member = store.members.find(userId);
  if (!member || member.leftAt !== undefined) {
    const isKnown = store.group().visibility === 'public' || member !== undefined;
    if (!isKnown) return fail('not_found', 'There is no such group.');
    return fail('forbidden', 'You are not a member of this group.');
  }
  if (!may(member.role, action)) {
    return fail('forbidden', 'Your role in this group does not allow this. Ask an admin of it.');
  }
  return ok(member);
}

/** The same for what an archived group does not take any more. */
export function memberWhoMayWrite(
  store: RoomStore,
  userId: string,
  action: Action,
): Result<Member> {
  const member = memberWhoMay(store, userId, action);
  if (!member.ok || !store.isArchived()) return member;
  return fail('archived', 'This group is archived: it can be read, not written to.');
}
