import { useCallback, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { DividerView, TimelineRow } from '../../../realtime/group-view.ts';
import type { TimelineItem } from './timeline-items.ts';

/** The "New" divider, relative to the view of the list. */
export interface DividerPlace {
  /** The divider is above the view, and was not seen yet: nothing is marked read until the user sees it or marks all read. */
  isAbove: boolean;
  /** The key of the message below the divider; undefined while it is not loaded. */
  key: string | undefined;
  /** Call it whenever the view may have changed. */
  looked(handle: VirtualizerHandle): void;
}

/** Tracks whether the divider was in view since it was placed. `hasBefore` is true while older messages are not loaded. */
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
