import type { ReactNode } from 'react';
import { assertNever } from '../../../protocol/assert-never.ts';
import { DaySeparator } from './list/day-separator.tsx';
import { NewDivider } from './list/new-divider.tsx';
import type { TimelineItem } from './list/timeline-items.ts';
import { MessageRow, type MessageRowProps } from './message/message-row.tsx';
import { SystemRow } from './message/system-row.tsx';

/** One line of the list, with what stands above it. */
export function TimelineRow({
  item,
  start,
  ...rest
}: Omit<MessageRowProps, 'row' | 'hasHeader'> & { item: TimelineItem; start: ReactNode }) {
  switch (item.type) {
    case 'start':
      return start;
    case 'message':
      return (
        <>
          <Above item={item} />
          <MessageRow hasHeader={item.hasHeader} row={item.row} {...rest} />
        </>
      );
    case 'system':
      return (
        <>
          <Above item={item} />
          <SystemRow author={item.author} message={item.message} />
        </>
      );
    default:
      return assertNever(item);
  }
}

function Above({ item }: { item: Exclude<TimelineItem, { type: 'start' }> }) {
  return (
    <>
      {item.day !== undefined && <DaySeparator at={item.day} />}
      {item.isFirstNew && <NewDivider />}
    </>
  );
}
