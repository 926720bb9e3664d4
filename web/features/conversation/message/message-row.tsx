import { lazy, memo } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { namesMe } from '../../../realtime/message.ts';
import { classes } from '../../../ui/classes.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { UserStatusEmoji } from '../../../ui/people/user-status.tsx';
import { useLongPress } from '../../../ui/use-long-press.ts';
import { momentOf, shortTimeOf, timeOf } from '../../../ui/words/moment.ts';
import type { RowCommand } from '../actions/row-command.ts';
import type { RowOverlay } from '../actions/row-toolbar.tsx';
import { useConversation } from '../conversation-context.ts';
import { writtenAt } from '../list/timeline-items.ts';
import { permitted } from '../permitted.ts';
import { MessageBody } from './message-body.tsx';

const RowToolbar = lazy(() =>
  import('../actions/row-toolbar.tsx').then((file) => ({ default: file.RowToolbar })),
);

/** The props of a message in a list. */
export interface MessageRowProps {
  row: TimelineRow;
  hasHeader: boolean;
  isEditing: boolean;
  /** Tab and the keys of the list reach this message. */
  isActive: boolean;
  /** Highlighted for a moment, as the target of a link. */
  isFlashed: boolean;
  /** What is open in its toolbar, if it has the toolbar of the list. */
  toolbar: RowOverlay | undefined;
  /** A finger opened the toolbar's menu. */
  isTouched: boolean;
  setOverlay: (key: string, overlay: RowOverlay, isTouched?: boolean) => void;
  run: (command: RowCommand, message: Message) => void;
  onEdited: () => void;
}

/**
 * A message in a list. A pending and a sent message are the same elements, so that an acknowledgement changes nothing
 * visible. It renders again only when its own row changes.
 */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, hasHeader, isEditing, isActive, isFlashed, run, onEdited } = props;
  const { toolbar, isTouched, setOverlay } = props;
  const conversation = useConversation();
  const message = row.state === 'sent' ? row.message : undefined;
  const allows = message && permitted(message, conversation);
  const press = useLongPress(() => allows && setOverlay(row.key, 'menu', true));
  const at = writtenAt(row);
  const name = row.author?.name ?? 'Someone';
  const isForMe = message !== undefined && namesMe(message, conversation.me);
  return (
    <article
      aria-label={`${name}, ${timeOf(at)}`}
      className={classes(
        'group/row relative grid transition-colors duration-300 grid-cols-[var(--row-avatar)_minmax(0,calc(var(--column)-var(--row-indent)))] gap-x-3 px-(--row-gutter) py-[0.1875rem] focus-visible:-outline-offset-2 pointer-coarse:select-none',
        isForMe && 'shadow-[inset_3px_0_0_var(--color-accent)]',
        isFlashed && 'bg-warning-tint',
        !isFlashed && (isForMe ? 'bg-accent-tint' : 'hover:bg-hover focus-within:bg-hover'),
        hasHeader && 'mt-(--row-gap)',
      )}
      data-message={row.key}
      {...(isActive && { tabIndex: 0 })}
      {...press}
    >
      {hasHeader ? (
        <Avatar className="mt-0.5" hasCard person={row.author} size="row" />
      ) : (
        <Time
          at={at}
          className="justify-self-end pt-[0.1875rem] opacity-0 group-hover/row:opacity-100"
          isShort
        />
      )}
      <div className="relative min-w-0">
        {hasHeader && (
          <header className="flex items-baseline gap-2">
            <bdi
              className="cursor-pointer truncate font-semibold text-strong hover:underline"
              data-person={row.author?.id}
            >
              {name}
            </bdi>
            <UserStatusEmoji user={row.author} />
            <Time at={at} />
          </header>
        )}
        <MessageBody isEditing={isEditing} onEdited={onEdited} row={row} />
        {toolbar !== undefined && !isEditing && message && allows && (
          <Late>
            <RowToolbar
              allows={allows}
              isTouched={isTouched}
              message={message}
              overlay={toolbar}
              run={run}
              setOverlay={(overlay) => setOverlay(row.key, overlay, isTouched)}
            />
          </Late>
        )}
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
      className={classes(
        'shrink-0 text-meta whitespace-nowrap text-muted tabular-nums select-none',
        className,
      )}
      dateTime={new Date(at).toISOString()}
      title={momentOf(at)}
    >
      {isShort ? shortTimeOf(at) : timeOf(at)}
    </time>
  );
}
