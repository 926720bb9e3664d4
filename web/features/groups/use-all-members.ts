import { useMemo } from 'react';
import { MEMBERS_IN_STATE } from '../../../protocol/limits.ts';
import { type Group, type Member, MemberRole } from '../../../protocol/models.ts';
import { useMembers } from '../../api/members.ts';
import { byWords } from '../../ui/words/by-words.ts';

const ROLES = MemberRole.options;

/** All members of a group, by role and then by name. The Room does not send the members of a large group: they are fetched. */
export function useAllMembers(group: Group, live: ReadonlyMap<string, Member>): readonly Member[] {
  const asked = useMembers(group.id, { enabled: group.memberCount > MEMBERS_IN_STATE }).data;
  return useMemo(() => {
    const members = new Map((asked ?? []).map((member) => [member.userId, member]));
    for (const [userId, member] of live) members.set(userId, member);
    return [...members.values()].sort(byRoleAndName);
  }, [asked, live]);
}

function byRoleAndName(a: Member, b: Member): number {
  return ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || byWords(a.user.name, b.user.name);
}
