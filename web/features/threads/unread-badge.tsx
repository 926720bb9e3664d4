import { useUnreadThreads } from '../../api/threads.ts';
import type { GroupView } from '../../realtime/group-view.ts';
import { useRenewal } from './use-renewal.ts';

/** The number of threads with unread replies, on the button that lists them; nothing for 0. */
export function UnreadBadge({ groupId, view }: { groupId: string; view: GroupView }) {
  const count = useUnreadCount(groupId, view);
  if (count === 0) return null;
  return (
    <span className="absolute top-0.5 end-0 min-w-4 rounded-pill bg-accent px-1 text-center text-[0.625rem] leading-4 font-semibold text-on-accent tabular-nums">
      {count}
      <span className="sr-only"> unread</span>
    </span>
  );
}

/**
 * The number of threads of a group that I follow and that have unread replies, as the server counts them; renewed after a
 * reply and after a move of one of my cursors.
 */
export function useUnreadCount(groupId: string, view: GroupView): number {
  const { data: count, renew } = useUnreadThreads(groupId);
  useRenewal(stateOf(view), renew);
  return count ?? 0;
}

/** A value that changes when a thread may have become unread or read. */
function stateOf({ replies, resets, me }: GroupView): string {
  const cursors = me?.readThreads.map(({ parentId, readSeq, following }) =>
    [parentId, readSeq, following].join(),
  );
  return `${replies} ${resets} ${cursors?.join(' ')}`;
}
