import { isMuted } from '../../../protocol/muting.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { isolated } from '../../ui/words/isolated.ts';
import { nameOf } from './by-name.ts';

/** The server counts up to this number; a higher one shows as "99+". */
const COUNTED_TO = 99;

/** What the list depends on beside the groups. */
export interface ListMoment {
  /** Ms UTC; renewed when a mute ends. */
  now: number;
  /** The open group, while what arrived in it may be read in a moment: it shows nothing until then. */
  arriving: string | undefined;
  /** The root of the open thread, likewise. */
  arrivingThread?: string | undefined;
}

/** A group as the list shows it: `unread` and `mentions` are 0 where the list shows none. */
export interface ListedGroup extends InboxEntry {
  isMuted: boolean;
}

/** A group as the list shows it. A muted one shows only mentions. */
export function listedGroup(entry: InboxEntry, { now, arriving }: ListMoment): ListedGroup {
  const muted = isMuted(entry, now);
  const isArriving = entry.group.id === arriving;
  return {
    ...entry,
    isMuted: muted,
    unread: muted || isArriving ? 0 : entry.unread,
    mentions: isArriving ? 0 : entry.mentions,
  };
}

/** Whether the list shows that something in the group is new. */
export function isNew(entry: InboxEntry, moment: ListMoment): boolean {
  const { unread, mentions } = listedGroup(entry, moment);
  return unread > 0 || mentions > 0;
}

/** The number in a badge: "3", "99+". */
export function badgeOf(count: number): string {
  return count > COUNTED_TO ? `${COUNTED_TO}+` : String(count);
}

/**
 * How a group's link is read aloud: "Engines, 3 unread messages, 1 mention". Undefined where its name says everything.
 */
export function spokenAs(listed: ListedGroup): string | undefined {
  const { group, isMuted: muted, unread, mentions } = listed;
  const details = [
    group.visibility === 'private' && group.kind === 'group' && 'private group',
    group.archivedAt && 'archived',
    muted && 'muted',
    unread > 0 && `${badgeOf(unread)} unread ${unread === 1 ? 'message' : 'messages'}`,
    // Every message of a direct group counts as one.
    group.kind === 'group' &&
      mentions > 0 &&
      `${badgeOf(mentions)} ${mentions === 1 ? 'mention' : 'mentions'}`,
  ].filter(Boolean);
  return details.length === 0 ? undefined : [isolated(nameOf(listed)), ...details].join(', ');
}
