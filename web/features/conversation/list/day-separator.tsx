import { dayLabel } from '../../../ui/words/moment.ts';

/** Names the day that begins here, in the reader's time zone. */
export function DaySeparator({ at }: { at: number }) {
  return (
    <div className="flex items-center gap-3 px-(--row-gutter) pt-5 pb-1 text-meta font-medium text-muted">
      <span className="h-px flex-1 bg-line" />
      <time dateTime={new Date(at).toISOString()}>{dayLabel(at, Date.now())}</time>
      <span className="h-px flex-1 bg-line" />
    </div>
  );
}
