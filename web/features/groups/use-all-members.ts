import { useMemo } from 'react';
import { MEMBERS_IN_STATE } from '../../../protocol/limits.ts';
import { type Group, type Member, MemberRole } from '../../../protocol/models.ts';
import { nameKey } from '../../../protocol/name-key.ts';
import { useMembers } from '../../api/members.ts';
import type { Pages } from '../../api/pages.ts';
import { byWords } from '../../ui/words/by-words.ts';

const ROLES = MemberRole.options;

/** The members of a group as its details list them. */
export interface AllMembers {
  /** By role, then by name: those that are loaded, and of them those whose name begins with the text that is looked for. */
  members: readonly Member[];
  /** All owners, whatever is looked for; undefined while they are not known. */
  owners: readonly Member[] | undefined;
  /** The pages of a large group, whose members the Room does not send. */
  pages: Pages<Member[]> | undefined;
}

/** All members of a group. `query` looks for some of them in a large group, and has no effect in others. */
export function useAllMembers(
  group: Group,
  live: ReadonlyMap<string, Member>,
  query: string,
): AllMembers {
  const isLarge = group.memberCount > MEMBERS_IN_STATE;
  const pages = useMembers(group.id, query, { enabled: isLarge });
  const first = useMembers(group.id, '', { enabled: isLarge });
  const { data, hasMore } = pages;
  const members = useMemo(
    () =>
      isLarge
        ? pagedMembers(data ?? [], live, { hasMore, query })
        : [...live.values()].sort(byRoleAndName),
    [isLarge, data, live, hasMore, query],
  );
  const isComplete = live.size >= group.memberCount;
  const withOwners = isLarge ? firstOf(first) : isComplete ? members : undefined;
  return {
    members,
    owners: withOwners?.filter(({ role }) => role === 'owner'),
    pages: isLarge ? pages : undefined,
  };
}

/**
 * The members of some pages as they are now. Who is known to be in the group and belongs between them is added: they joined, or
 * changed their name or role, since the pages were fetched. Those that belong behind them come with a later page.
 */
export function pagedMembers(
  listed: readonly Member[],
  live: ReadonlyMap<string, Member>,
  { hasMore, query }: { hasMore: boolean; query: string },
): Member[] {
  const last = hasMore ? listed.at(-1) : undefined;
  const members = new Map(listed.map((member) => [member.userId, member]));
  for (const member of live.values()) {
    const { userId, rev } = member;
    const there = members.get(userId);
    if (there ? there.rev < rev : !last || byPlace(member, last) < 0) members.set(userId, member);
  }
  const start = nameKey(query);
  return [...members.values()]
    .filter(({ user }) => nameKey(user.name).startsWith(start))
    .sort(byPlace);
}

/** The first members if all owners are among them: owners are listed before everyone else. */
function firstOf({ data, hasMore }: Pages<Member[]>): Member[] | undefined {
  return data && (!hasMore || data.at(-1)?.role !== 'owner') ? data : undefined;
}

/** The order of the server's pages. */
function byPlace(a: Member, b: Member): number {
  const [nameA, nameB] = [nameKey(a.user.name), nameKey(b.user.name)];
  if (a.role !== b.role) return ROLES.indexOf(a.role) - ROLES.indexOf(b.role);
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  return a.userId < b.userId ? -1 : 1;
}

function byRoleAndName(a: Member, b: Member): number {
  return ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || byWords(a.user.name, b.user.name);
}
