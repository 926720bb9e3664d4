import type { GroupView } from '../../realtime/group-view.ts';
import { useUnreadCount } from './use-unread-count.ts';

/** How many threads have something unread, on the button that lists them; nothing for none. */
export function UnreadBadge({ groupId, view }: { groupId: string; view: GroupView }) {
  const count = useUnreadCount(groupId, view);
  if (count === 0) return null;
  return (
    <span className="absolute top-0.5 right-0 min-w-4 rounded-pill bg-accent px-1 text-center text-[0.625rem] leading-4 font-semibold text-on-accent tabular-nums">
      {count}
      <span className="sr-only"> unread</span>
    </span>
  );
}
