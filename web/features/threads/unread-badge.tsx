import { useEffect, useRef } from 'react';
import { useUnreadThreads } from '../../api/threads.ts';
import type { GroupView } from '../../realtime/group-view.ts';

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

/** Replies come in bursts: the list is asked for at most so often, and after the last of them. */
const SETTLES_MS = 1_000;

/**
 * How many threads of a group that I follow have unread replies, as the server counts them: asked again whenever a reply
 * came or one of my cursors moved.
 */
export function useUnreadCount(groupId: string, view: GroupView): number {
  const { data: count, renew } = useUnreadThreads(groupId);
  const state = stateOf(view);
  const latest = useRef(state);
  const asked = useRef(state);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = state;
    // What comes meanwhile must not start the time anew: in a lively thread it would never be over.
    if (asked.current === state || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      asked.current = latest.current;
      void renew();
    }, SETTLES_MS);
  }, [renew, state]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return count ?? 0;
}

/** What changes whenever a thread may have become unread or read. */
function stateOf({ replies, resets, me }: GroupView): string {
  const cursors = me?.readThreads.map(({ parentId, readSeq, following }) =>
    [parentId, readSeq, following].join(),
  );
  return `${replies} ${resets} ${cursors?.join(' ')}`;
}
