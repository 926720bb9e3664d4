import type { ReactNode } from 'react';
import { assertNever } from '../../../protocol/assert-never.ts';
import { dayLabel } from '../../ui/words/moment.ts';
import type { TimelineItem } from './list/timeline-items.ts';
import { MessageRow, type MessageRowProps } from './message/message-row.tsx';
import { SystemRow } from './message/system-row.tsx';

/** One item of the list, with its separators. */
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
          <SystemRow
            everyone={item.everyone}
            message={item.message}
            people={item.people}
            text={item.text}
          />
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

/** The separator of a day, in the user's time zone. */
function DaySeparator({ at }: { at: number }) {
  return (
    <div className="mx-(--row-gutter) flex max-w-(--column) items-center gap-3 pt-5 pb-1 select-none text-meta font-medium text-muted">
      <span className="h-px flex-1 bg-line" />
      <time dateTime={new Date(at).toISOString()}>{dayLabel(at, Date.now())}</time>
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}

/** The divider above the first new message. */
function NewDivider() {
  return (
    <div className="mx-(--row-gutter) flex max-w-(--column) items-center gap-3 pt-3 pb-0.5 select-none text-meta font-semibold text-danger">
      <span className="h-px flex-1 bg-danger" />
      New
    </div>
  );
}
