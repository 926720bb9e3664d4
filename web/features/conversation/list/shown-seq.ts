import type { VirtualizerHandle } from 'virtua';
import type { TimelineItem } from './timeline-items.ts';

/** The highest `seq` of a message that is at least half in view, or fills half of the view; undefined without one. */
export function shownSeq(
  handle: VirtualizerHandle,
  items: readonly TimelineItem[],
): number | undefined {
  const { scrollOffset, viewportSize } = handle;
  const bottom = scrollOffset + viewportSize;
  for (let index = handle.findItemIndex(bottom); index >= 0; index -= 1) {
    const top = handle.getItemOffset(index);
    const size = handle.getItemSize(index);
    const visible = Math.min(bottom, top + size) - Math.max(scrollOffset, top);
    if (visible < 0) return undefined;
    const seq = seqOf(items[index]);
    if (seq !== undefined && visible >= Math.min(size, viewportSize) / 2) return seq;
  }
  return undefined;
}

/** The `seq` of the message in the middle of the view; undefined without one. */
export function middleSeq(
  handle: VirtualizerHandle,
  items: readonly TimelineItem[],
): number | undefined {
  const { scrollOffset, viewportSize } = handle;
  return seqOf(items[handle.findItemIndex(scrollOffset + viewportSize / 2)]);
}

function seqOf(item: TimelineItem | undefined): number | undefined {
  if (item?.type === 'system') return item.message.seq;
  return item?.type === 'message' && item.row.state === 'sent' ? item.row.message.seq : undefined;
}
