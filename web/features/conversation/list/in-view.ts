import type { VirtualizerHandle } from 'virtua';
import type { KeptPlace } from './kept-place.ts';
import type { TimelineItem } from './timeline-items.ts';

/** The items in view, from the top, each with the distance of its top from the top of the list, px. */
export function inView(handle: VirtualizerHandle, items: readonly TimelineItem[]): KeptPlace[] {
  const { scrollOffset, viewportSize } = handle;
  const places: KeptPlace[] = [];
  for (let index = handle.findItemIndex(scrollOffset); index < items.length; index += 1) {
    const top = handle.getItemOffset(index) - scrollOffset;
    const item = items[index];
    if (!item || top > viewportSize) break;
    places.push({ key: item.key, top });
  }
  return places;
}

/** How far the first of the items that were in view and still exist has moved, px. */
export function movedBy(
  handle: VirtualizerHandle,
  items: readonly TimelineItem[],
  anchors: readonly KeptPlace[],
): number {
  for (const { key, top } of anchors) {
    const index = items.findIndex((item) => item.key === key);
    if (index >= 0) return handle.getItemOffset(index) - handle.scrollOffset - top;
  }
  return 0;
}
