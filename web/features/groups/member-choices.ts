import { isLower, mayChangeRole, mayRemove } from '../../../protocol/managing.ts';
import { type Group, type Member, MemberRole } from '../../../protocol/models.ts';

/** What I may do with a member of the group. */
export interface MemberChoices {
  /** The roles that I may give them, besides the one they have. */
  roles: readonly MemberRole[];
  canRemove: boolean;
  /** Whether I can open a direct group with them. */
  canMessage: boolean;
}

/**
 * The choices for a member. For myself they are the lower roles; I leave instead of removing myself. In a direct group nobody
 * changes, and in one of two the other person is written to in it.
 */
export function memberChoices(
  me: { userId: string; role: MemberRole },
  member: Member,
  { kind, memberCount }: Pick<Group, 'kind' | 'memberCount'>,
): MemberChoices {
  const isMe = member.userId === me.userId;
  const isActive = member.user.deactivatedAt === undefined;
  if (kind === 'direct') {
    return { roles: [], canRemove: false, canMessage: !isMe && isActive && memberCount > 2 };
  }
  const others = MemberRole.options.filter((role) => role !== member.role);
  return {
    roles: others.filter((to) =>
      isMe ? isLower(to, member.role) : mayChangeRole(me.role, { from: member.role, to }),
    ),
    canRemove: !isMe && mayRemove(me.role, member.role),
    canMessage: !isMe && isActive,
  };
}
