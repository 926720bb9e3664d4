import { memo } from 'react';
import type { TimelineRow } from '../../realtime/room-view.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { momentOf, shortTimeOf, timeOf } from '../../ui/moment.ts';
import { Markdown } from './markdown/markdown.tsx';
import type { RowActions } from './row-actions.ts';
import { writtenAt } from './timeline-items.ts';
import { UnsentNotice } from './unsent-notice.tsx';

/**
 * A message. Sent or not it is the same element with the same text in it, so that an acknowledgement changes nothing that
 * is seen. Rendered again only when its own row changes.
 */
export const MessageRow = memo(function MessageRow({
  row,
  hasHeader,
  actions,
}: {
  row: TimelineRow;
  hasHeader: boolean;
  actions: RowActions;
}) {
  const at = writtenAt(row);
  const name = row.author?.name ?? 'Someone';
  const content = row.state === 'sent' ? row.message.content : row.content;
  const isDim = row.state === 'failed' || row.state === 'stale';
  return (
    <article
      aria-label={`${name}, ${timeOf(at)}`}
      className={classes(
        'group/row grid grid-cols-[2.25rem_minmax(0,47.5rem)] gap-x-3 px-(--row-gutter) py-px hover:bg-hover',
        hasHeader && 'mt-3',
      )}
      data-message={row.key}
    >
      {hasHeader ? (
        <Avatar className="mt-0.5" person={row.author} />
      ) : (
        <Time
          at={at}
          className="justify-self-end pt-[0.1875rem] opacity-0 group-hover/row:opacity-100"
          isShort
        />
      )}
      <div className="min-w-0">
        {hasHeader && (
          <header className="flex items-baseline gap-2">
            <span className="truncate font-semibold text-strong">{name}</span>
            <Time at={at} />
          </header>
        )}
        <div className={classes('transition-opacity', isDim && 'opacity-60')}>
          <Markdown content={content} />
        </div>
        {row.state !== 'sent' && <UnsentNotice actions={actions} row={row} />}
      </div>
    </article>
  );
});

function Time({
  at,
  className,
  isShort = false,
}: {
  at: number;
  className?: string;
  isShort?: boolean;
}) {
  return (
    <time
      className={classes('shrink-0 text-meta whitespace-nowrap text-muted tabular-nums', className)}
      dateTime={new Date(at).toISOString()}
      title={momentOf(at)}
    >
      {isShort ? shortTimeOf(at) : timeOf(at)}
    </time>
  );
}
