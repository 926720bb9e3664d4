import { isLower, mayChangeRole, mayRemove } from '../../../protocol/managing.ts';
import { type Member, MemberRole } from '../../../protocol/models.ts';

/** What I may do with a member of the group. */
export interface MemberChoices {
  /** The roles that I may give them, besides the one they have. */
  roles: readonly MemberRole[];
  canRemove: boolean;
}

/** The choices for a member. For myself they are the lower roles; I leave instead of removing myself. */
export function memberChoices(
  me: { userId: string; role: MemberRole },
  member: Member,
): MemberChoices {
  const isMe = member.userId === me.userId;
  const others = MemberRole.options.filter((role) => role !== member.role);
  return {
    roles: others.filter((to) =>
      isMe ? isLower(to, member.role) : mayChangeRole(me.role, { from: member.role, to }),
    ),
    canRemove: !isMe && mayRemove(me.role, member.role),
  };
}
