import { memo, type ReactNode, useCallback, useMemo, useState } from 'react';
import { Virtualizer } from 'virtua';
import { assertNever } from '../../../protocol/assert-never.ts';
import type { TimelineRow } from '../../realtime/room-view.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { announcement } from './announcement.ts';
import { DaySeparator } from './day-separator.tsx';
import { MessageRow } from './message-row.tsx';
import { NewestButton } from './newest-button.tsx';
import type { RowActions } from './row-actions.ts';
import { SystemRow } from './system-row.tsx';
import { type TimelineItem, timelineItems } from './timeline-items.ts';
import { arrivalsAfter, newestSeq, useArrivals } from './use-arrivals.ts';
import { useTimelineScroll } from './use-timeline-scroll.ts';

/** Rows are made and measured so far before they are seen: nearer, a fast wheel shows them before they have settled. */
const AHEAD_PX = 1_000;

/** What the timeline shows: the parts of a `RoomView` that it depends on, so that nothing else renders it again. */
export interface TimelineProps {
  /** The group's name. */
  name: string;
  /** What stands above the first message of all. */
  start: ReactNode;
  /** My user id. */
  me: string;
  rows: readonly TimelineRow[];
  hasBefore: boolean;
  loadingBefore: boolean;
  loadBefore: () => void;
  actions: RowActions;
}

/** The messages of a group, oldest first, with a bounded number of them in the page. */
export const Timeline = memo(function Timeline(props: TimelineProps) {
  const { name, start, me, rows, hasBefore, loadingBefore, loadBefore, actions } = props;
  const items = useMemo(() => timelineItems(rows, { hasBefore, me }), [rows, hasBefore, me]);
  const scroll = useTimelineScroll(items, { hasBefore, loadBefore });
  const unseen = useUnseen(rows, me, scroll.isAway);
  const arrivals = useArrivals(rows, me);

  const renderItem = useCallback(
    (item: TimelineItem) => <Item actions={actions} item={item} key={item.key} start={start} />,
    [actions, start],
  );

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <ScrollRegion
        aria-label={`Messages in ${name}`}
        aria-live="off"
        className="flex flex-1 flex-col overflow-x-hidden overflow-y-auto overscroll-contain pb-2 [overflow-anchor:none]"
        role="log"
      >
        {/* Few messages stand at the bottom, above the composer. */}
        <div className="grow" />
        <Virtualizer
          bufferSize={AHEAD_PX}
          data={items}
          onResize={scroll.onResize}
          onScroll={scroll.onScroll}
          ref={scroll.list}
          shift={scroll.isPrepend}
        >
          {renderItem}
        </Virtualizer>
      </ScrollRegion>
      {/* Arrivals are read from here, because rows also come and go as one scrolls. */}
      <p aria-live="polite" className="sr-only">
        {announcement(arrivals)}
      </p>
      {loadingBefore && (
        <p
          className="absolute top-2 left-1/2 -translate-x-1/2 animate-fade rounded-pill bg-overlay px-3 py-1 text-meta text-muted shadow-overlay"
          role="status"
        >
          Loading older messages…
        </p>
      )}
      {scroll.isAway && <NewestButton count={unseen} onClick={scroll.toEnd} />}
    </div>
  );
});

function Item({
  item,
  start,
  actions,
}: {
  item: TimelineItem;
  start: ReactNode;
  actions: RowActions;
}) {
  switch (item.type) {
    case 'start':
      return start;
    case 'message':
      return (
        <>
          {item.day !== undefined && <DaySeparator at={item.day} />}
          <MessageRow actions={actions} hasHeader={item.hasHeader} row={item.row} />
        </>
      );
    case 'system':
      return (
        <>
          {item.day !== undefined && <DaySeparator at={item.day} />}
          <SystemRow author={item.author} message={item.message} />
        </>
      );
    default:
      return assertNever(item);
  }
}

/** How many messages of others came below what the reader looks at. */
function useUnseen(rows: readonly TimelineRow[], me: string, isAway: boolean): number {
  const newest = newestSeq(rows);
  const [seen, setSeen] = useState(newest);
  // At the end everything is seen; derived while rendering, so that no frame shows an old count.
  if (!isAway && seen !== newest) setSeen(newest);
  return isAway ? arrivalsAfter(rows, seen, me).length : 0;
}
