import { useCallback, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { DividerView, TimelineRow } from '../../../realtime/group-view.ts';
import type { TimelineItem } from './timeline-items.ts';

/** Where the "New" divider is for who looks at the list. */
export interface DividerPlace {
  /** What is new lies above and was not seen yet: nothing is read until it is gone to, or marked as read. */
  isAbove: boolean;
  /** The message that it stands over; undefined while that is not loaded. */
  key: string | undefined;
  /** To be called when what is in view may have changed. */
  looked(handle: VirtualizerHandle): void;
}

/** Knows whether the divider was seen since it was placed. `isWhole` is false while older messages are not loaded. */
export function useDivider(
  divider: DividerView | undefined,
  {
    rows,
    items,
    hasBefore,
  }: { rows: readonly TimelineRow[]; items: readonly TimelineItem[]; hasBefore: boolean },
): DividerPlace {
  const [seenAt, setSeenAt] = useState<number>();
  const index = items.findIndex((item) => item.type !== 'start' && item.isFirstNew);
  const oldest = rows[0];
  const isUnloaded =
    divider !== undefined &&
    hasBefore &&
    oldest?.state === 'sent' &&
    oldest.message.seq > divider.afterSeq;
  const afterSeq = divider?.afterSeq;
  const looked = useCallback(
    (handle: VirtualizerHandle) => {
      if (index >= 0 && handle.findItemIndex(handle.scrollOffset) <= index) setSeenAt(afterSeq);
    },
    [index, afterSeq],
  );
  return {
    isAbove: divider !== undefined && seenAt !== afterSeq && (index >= 0 || isUnloaded),
    key: items[index]?.key,
    looked,
  };
}
