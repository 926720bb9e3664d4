import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { TimelineItem } from './timeline-items.ts';

/** So close to the end counts as being there: what arrives is followed (behaviour: "The timeline"). */
const NEAR_END_PX = 100;
/** Older messages are asked for this far before they are needed, so that a steady scroll never meets the end. */
const LOAD_AHEAD_PX = 1_500;

/** What the list needs in order to stay where its reader looks. */
export interface TimelineScroll {
  list: RefObject<VirtualizerHandle | null>;
  /** Whether the reader looks at older messages. */
  isAway: boolean;
  /** Whether the last change put items above all others: the list then keeps its place from the end. */
  isPrepend: boolean;
  onScroll(offset: number): void;
  onResize(): void;
  toEnd(): void;
}

/**
 * Follows the end of the timeline while the reader is there, goes there when the reader sends something, stays put
 * otherwise, and asks for older messages in time. `loadBefore` is only called while `hasBefore`.
 */
export function useTimelineScroll(
  items: readonly TimelineItem[],
  { hasBefore, loadBefore }: { hasBefore: boolean; loadBefore: () => void },
): TimelineScroll {
  const list = useRef<VirtualizerHandle>(null);
  const follows = useRef(true);
  const lastOffset = useRef(0);
  const [isAway, setAway] = useState(false);
  const isPrepend = usePrepend(items);
  const ownKey = ownNewest(items);
  const lastOwnKey = useRef(ownKey);
  const lastIndex = items.length - 1;

  const toEnd = useCallback(() => {
    follows.current = true;
    setAway(false);
    list.current?.scrollToIndex(lastIndex, { align: 'end' });
  }, [lastIndex]);

  const settle = useCallback(() => {
    const handle = list.current;
    if (!handle || handle.viewportSize === 0) return;
    if (hasBefore && handle.scrollOffset < LOAD_AHEAD_PX) loadBefore();
  }, [hasBefore, loadBefore]);

  useLayoutEffect(() => {
    if (ownKey !== undefined && ownKey !== lastOwnKey.current) follows.current = true;
    lastOwnKey.current = ownKey;
    if (items.length > 0 && follows.current) toEnd();
  }, [items, ownKey, toEnd]);

  return {
    list,
    isAway,
    isPrepend,
    toEnd,
    onScroll(offset) {
      const handle = list.current;
      if (!handle) return;
      const isNearEnd = handle.scrollSize - offset - handle.viewportSize <= NEAR_END_PX;
      // Only upwards is away: on its way to the end the list grows as its items are measured, which is nobody's wish.
      if (isNearEnd) follows.current = true;
      else if (offset < lastOffset.current) follows.current = false;
      lastOffset.current = offset;
      setAway(!follows.current);
      settle();
    },
    onResize() {
      if (follows.current) list.current?.scrollToIndex(lastIndex, { align: 'end' });
      settle();
    },
  };
}

/** Whether the items begin with others than at the last render, and the former first is still among them. */
function usePrepend(items: readonly TimelineItem[]): boolean {
  const first = items[0]?.key;
  const lastFirst = useRef(first);
  const isPrepend =
    lastFirst.current !== undefined &&
    lastFirst.current !== first &&
    items.some(({ key }) => key === lastFirst.current);
  useLayoutEffect(() => {
    lastFirst.current = first;
  }, [first]);
  return isPrepend;
}

/** The newest own message that is still on its way; undefined if none is. */
function ownNewest(items: readonly TimelineItem[]): string | undefined {
  const last = items.at(-1);
  return last?.type === 'message' && last.row.state !== 'sent' ? last.key : undefined;
}
