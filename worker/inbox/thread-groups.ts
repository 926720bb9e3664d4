import type { InboxEntry } from '../../protocol/rest.ts';
import type { ThreadGroup } from './inbox-rpc.ts';

/** Where an entry of an earlier version does not say when a thread got its last reply, its Room has to be asked. */
const UNKNOWN = Number.MAX_SAFE_INTEGER;

/** In which groups threads are followed. An archived group counts only while one of them has unread replies. */
export function threadGroups(entries: readonly InboxEntry[]): ThreadGroup[] {
  return entries.flatMap(({ group, threads: [newest], lastThreadReplyAt }): ThreadGroup[] => {
    const isArchived = group.archivedAt !== undefined;
    const lastReplyAt = lastThreadReplyAt ?? UNKNOWN;
    if (newest) {
      return [
        { groupId: group.id, unreadAt: newest.lastReplyAt ?? UNKNOWN, lastReplyAt, isArchived },
      ];
    }
    return isArchived || lastReplyAt === 0 ? [] : [{ groupId: group.id, lastReplyAt, isArchived }];
  });
}
