import { byActivity } from '../../features/groups/by-activity.ts';
import type { ListedGroup } from '../../features/groups/listed-group.ts';

/** How many recent groups an empty field lists. */
const RECENT = 8;

/** A part of the list for an empty field. */
export interface Waiting {
  title: string;
  groups: ListedGroup[];
}

/**
 * My groups for an empty field: those with unread mentions, then unread direct messages, unread groups, and recent ones, each
 * with the latest message first. The open group is only among those with something unread. Empty parts are left out.
 */
export function waitingChoices(
  listed: readonly ListedGroup[],
  openId: string | undefined,
): Waiting[] {
  const latest = listed.toSorted(byActivity);
  const partOf = ({ group, mentions, unread }: ListedGroup) => {
    if (group.kind === 'direct') return unread > 0 ? 'direct' : 'read';
    if (mentions > 0) return 'mentions';
    return unread > 0 ? 'unread' : 'read';
  };
  const of = (part: ReturnType<typeof partOf>) => latest.filter((it) => partOf(it) === part);
  const parts: Waiting[] = [
    { title: 'Mentions', groups: of('mentions') },
    { title: 'Unread direct messages', groups: of('direct') },
    { title: 'Unread', groups: of('unread') },
    {
      title: 'Recent',
      groups: of('read')
        .filter(({ group }) => group.id !== openId)
        .slice(0, RECENT),
    },
  ];
  return parts.filter(({ groups }) => groups.length > 0);
}
