import type { InboxEntry } from '../../../protocol/rest.ts';
import type { FollowedThread } from '../../../protocol/threads.ts';
import { unreadThreads } from '../../api/unread-threads.ts';

/**
 * How many threads have become unread since they were listed, and would come first in a new list. Where more pages follow the
 * unread threads of the loaded ones, those with older replies are not loaded yet, and are no news. `now` is ms UTC.
 */
export function countNewThreads(
  listed: readonly FollowedThread[],
  groups: readonly InboxEntry[],
  hasMore: boolean,
  now: number,
): number {
  const first = new Set(listed.flatMap(({ root, unread }) => (unread > 0 ? root.id : [])));
  const last = listed.at(-1);
  const loadedFrom = hasMore && last && last.unread > 0 ? last.lastReplyAt : 0;
  return unreadThreads(groups, now).filter(
    ({ parentId, lastReplyAt = 0 }) => !first.has(parentId) && lastReplyAt >= loadedFrom,
  ).length;
}
