import type { InboxEntry } from '../../../protocol/rest.ts';
import { byActivity } from './by-activity.ts';
import { byName } from './by-name.ts';
import type { ListOrder } from './list-choices.ts';
import { isNew, type ListMoment } from './listed-group.ts';

const TITLES = {
  unread: 'Unread',
  favourites: 'Favourites',
  groups: 'Groups',
  direct: 'Direct messages',
};
const IDS = ['unread', 'favourites', 'groups', 'direct'] as const;

/** A part of the list of groups. */
export interface Section {
  id: (typeof IDS)[number];
  title: string;
  isFolded: boolean;
  /** What the list shows of it: of a folded section only the groups with something new, and the open one. */
  entries: readonly InboxEntry[];
}

/** What decides which sections there are, and in which order their groups stand. */
export interface Arrangement {
  order: ListOrder;
  gathersUnread: boolean;
  folded: readonly string[];
  moment: ListMoment;
  /** The open group. */
  openId: string | undefined;
  /** The open group, if something in it was new when it was opened: it stays among the unread ones until it is left. */
  keptId: string | undefined;
}

/** My groups in the sections of the list, each in its order. Sections that have nothing to add and no groups are left out. */
export function sectionsOf(
  entries: readonly InboxEntry[],
  { order, gathersUnread, folded, moment, openId, keptId }: Arrangement,
): Section[] {
  const sorted = entries.toSorted(
    order === 'name' ? byName : (a, b) => byActivity(a, b) || byName(a, b),
  );
  const sectionOf = (entry: InboxEntry): Section['id'] => {
    const { group, favourite } = entry;
    if (gathersUnread && (isNew(entry, moment) || group.id === keptId)) return 'unread';
    if (favourite !== undefined) return 'favourites';
    return group.kind === 'group' ? 'groups' : 'direct';
  };
  return IDS.flatMap((id) => {
    const all = sorted.filter((entry) => sectionOf(entry) === id);
    if (all.length === 0 && (id === 'unread' || id === 'favourites')) return [];
    if (id === 'favourites') all.sort((a, b) => (a.favourite ?? 0) - (b.favourite ?? 0));
    const isFolded = folded.includes(id);
    const isShown = (entry: InboxEntry) =>
      !isFolded || entry.group.id === openId || isNew(entry, moment);
    return { id, title: TITLES[id], isFolded, entries: all.filter(isShown) };
  });
}
