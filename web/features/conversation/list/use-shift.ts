import { useLayoutEffect, useRef } from 'react';
import type { TimelineItem } from './timeline-items.ts';

/**
 * Whether the last change of the items was at their beginning only: items were added above all others, or the first ones
 * removed. The list then keeps its position from the end.
 */
export function useShift(items: readonly TimelineItem[]): boolean {
  const last = useRef(items);
  const isShift = shifts(last.current, items);
  useLayoutEffect(() => {
    last.current = items;
  }, [items]);
  return isShift;
}

function shifts(before: readonly TimelineItem[], after: readonly TimelineItem[]): boolean {
  const [formerFirst, first] = [before[0]?.key, after[0]?.key];
  if (formerFirst === undefined || first === undefined || formerFirst === first) return false;
  const came = after.length - before.length;
  const moved =
    came > 0
      ? after.findIndex(({ key }) => key === formerFirst)
      : before.findIndex(({ key }) => key === first);
  return moved === Math.abs(came);
}
