import type { Result } from '../../protocol/errors.ts';
import type { Group } from '../../protocol/models.ts';
import type { Clock } from '../clock.ts';
import { isGuest } from '../directory/guests.ts';
import { findInvite, giveBackUse, takeUse } from '../directory/invites.ts';
import { isMember } from '../directory/memberships.ts';
import type { KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import { roomOf } from '../room/room-of.ts';
import { noSuchInvite, orNoSuchInvite } from './no-such-invite.ts';
import { updateCopies } from './update-copies.ts';

/**
 * Joins the group of an invitation. A member gets the group and uses nothing up. The use is taken before the Room is asked, so
 * that no more people join than it allows, and given back if the Room refuses.
 */
export async function acceptInvite(
  env: Env,
  clock: Clock,
  { code, user, sessionId }: { code: string; user: KnownUser; sessionId: string },
): Promise<Result<Group>> {
  const found = await findInvite(env.DB, code, clock());
  if (!found) return noSuchInvite();
  const { groupId, createdBy, createdAt } = found.invite;
  const room = roomOf(env, groupId);
  if (await isMember(env.DB, { groupId, userId: user.id })) {
    const group = await room.group(user.id, sessionId);
    if (group.ok) return group;
  }
  const use = { code, userId: user.id, at: clock() };
  const taken = await takeUse(env.DB, use);
  if (taken === 'none') return noSuchInvite();
  const role = (await isGuest(env.DB, user.id)) ? 'guest' : 'member';
  const invitation = { invitedBy: createdBy, invitedAt: createdAt, role } as const;
  const joined = await room.joinInvited(user, invitation, sessionId);
  if (joined.ok) await updateCopies(env, room, [user]);
  // One that they had may be one by which they have joined before.
  else if (taken === 'taken') await giveBackUse(env.DB, use);
  return orNoSuchInvite(joined);
}
