import { isMuted } from '../../protocol/muting.ts';
import type { InboxEntry } from '../../protocol/rest.ts';

/** A thread that I follow, with its number of unread replies. */
export type UnreadThread = InboxEntry['threads'][number] & { groupId: string };

/** The threads with unread replies in groups that are not muted. `now` is ms UTC. */
export function unreadThreads(groups: readonly InboxEntry[], now: number): UnreadThread[] {
  return groups.flatMap((entry) =>
    isMuted(entry, now)
      ? []
      : entry.threads.map((thread) => ({ ...thread, groupId: entry.group.id })),
  );
}
