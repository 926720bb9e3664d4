import { useEffect, useState } from 'react';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { ListMoment } from '../features/groups/listed-group.ts';

/** A message in view is read within this time; one that is not is shown as unread in the list after it, also of the open group. */
const READ_WITHIN_MS = 2_000;
/** A browser's timer runs at once for a longer time. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** When the list is rendered, and the open group and thread whose arrivals are about to be read. */
export function useListMoment(
  groups: readonly InboxEntry[] = [],
  openId: string | undefined,
  openThread?: string,
): ListMoment {
  const now = useNow(groups);
  const open = groups.find(({ group }) => group.id === openId);
  const isThreadUnread = open?.threads.some(({ parentId }) => parentId === openThread);
  return {
    now,
    arriving: useArriving(openId, (open?.unread ?? 0) > 0),
    arrivingThread: useArriving(openThread, isThreadUnread === true),
  };
}

/** What is open, while something in it has just become unread and may be read in a moment. */
function useArriving(openId: string | undefined, isUnread: boolean): string | undefined {
  const [shown, setShown] = useState({ openId, isUnread });
  // What was unread before it was opened stays so until it is read; what is read is shown as read at once.
  if (shown.openId !== openId || (shown.isUnread && !isUnread)) setShown({ openId, isUnread });
  const isArriving = shown.openId === openId && isUnread && !shown.isUnread;
  useEffect(() => {
    if (!isArriving) return;
    const timer = setTimeout(() => setShown({ openId, isUnread: true }), READ_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [isArriving, openId]);
  return isArriving ? openId : undefined;
}

/** The time, ms UTC, renewed when the next mute ends. */
function useNow(groups: readonly InboxEntry[]): number {
  const [now, setNow] = useState(() => Date.now());
  const next = Math.min(
    ...groups.map(({ mutedUntil = 0 }) =>
      mutedUntil > now ? mutedUntil : Number.POSITIVE_INFINITY,
    ),
  );
  useEffect(() => {
    const waitMs = next - Date.now();
    if (waitMs > LONGEST_TIMER_MS) return;
    const timer = setTimeout(() => setNow(Date.now()), waitMs);
    return () => clearTimeout(timer);
  }, [next]);
  return now;
}
