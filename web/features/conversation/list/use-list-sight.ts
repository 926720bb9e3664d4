import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useConversation } from '../conversation-context.ts';
import { middleSeq, shownSeq } from './shown-seq.ts';
import { START_KEY, type TimelineItem } from './timeline-items.ts';
import type { DividerPlace } from './use-divider.ts';
import { useReading } from './use-reading.ts';
import { type TimelineScroll, useTimelineScroll } from './use-timeline-scroll.ts';
import { useWatching } from './use-watching.ts';

/** Scrolls the list of a conversation, and derives from its view which messages are loaded, read and seen. */
export function useListSight(
  items: readonly TimelineItem[],
  {
    isLoaded,
    hasBefore,
    hasAfter,
    target,
    divider,
  }: {
    isLoaded: boolean;
    hasBefore: boolean;
    hasAfter: boolean;
    target: { id: string; jump: number } | undefined;
    divider: DividerPlace;
  },
): TimelineScroll {
  const { client, groupId, parentId } = useConversation();
  const thread = parentId ?? undefined;
  const isWatching = useWatching();
  // A ref, so that the scroll handler does not depend on the reading.
  const looked = useRef<() => void>(() => undefined);
  const scroll = useTimelineScroll(items, {
    name: isLoaded ? `${groupId} ${parentId}` : undefined,
    returnTo: useCallback(
      (keys: readonly string[]) => {
        // The start of the group and the root of a thread have no place in the order.
        const id = keys.find((key) => key !== START_KEY && key !== thread);
        return id !== undefined && client.returnTo(id, thread);
      },
      [client, thread],
    ),
    hasBefore,
    loadBefore: useCallback(() => void client.loadBefore(thread), [client, thread]),
    hasAfter,
    loadAfter: useCallback(() => void client.loadAfter(thread), [client, thread]),
    target,
    looked: useCallback(() => looked.current(), []),
  });
  const { list, isFollowing } = scroll;
  const look = useReading({
    shown: useCallback(
      () => (list.current ? shownSeq(list.current, items) : undefined),
      [list, items],
    ),
    read: useCallback((seq: number) => client.read(seq, thread), [client, thread]),
    isReading: isWatching && !divider.isAbove,
  });
  useLayoutEffect(() => {
    looked.current = () => {
      const handle = list.current;
      if (!handle) return;
      divider.looked(handle);
      client.lookAt(isFollowing() ? undefined : middleSeq(handle, items), thread);
      look();
    };
  });
  return scroll;
}

/** How long the target of a link is highlighted. */
const FLASH_MS = 2_000;

/** The id of the highlighted message: that of `target`, for a moment after each jump. */
export function useFlash(target: { id: string; jump: number } | undefined): string | undefined {
  const [over, setOver] = useState<number>();
  useEffect(() => {
    if (!target) return;
    const timer = setTimeout(() => setOver(target.jump), FLASH_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return target && target.jump !== over ? target.id : undefined;
}
