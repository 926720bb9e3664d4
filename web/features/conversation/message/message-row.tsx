import { lazy, memo, type PointerEvent, useState } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { namesMe } from '../../../realtime/message.ts';
import { classes } from '../../../ui/classes.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { Avatar } from '../../../ui/people/avatar.tsx';
import { UserStatusEmoji } from '../../../ui/people/user-status.tsx';
import { momentOf, shortTimeOf, timeOf } from '../../../ui/words/moment.ts';
import type { RowCommand } from '../actions/row-command.ts';
import type { RowOverlay } from '../actions/row-toolbar.tsx';
import { useLongPress } from '../actions/use-long-press.ts';
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
  run: (command: RowCommand, message: Message) => void;
  onEdited: () => void;
}

/**
 * A message in a list. A pending and a sent message are the same elements, so that an acknowledgement changes nothing
 * visible. It renders again only when its own row changes.
 */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { row, hasHeader, isEditing, isActive, isFlashed, run, onEdited } = props;
  const conversation = useConversation();
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [overlay, setOverlay] = useState<RowOverlay>('none');
  const message = row.state === 'sent' ? row.message : undefined;
  const allows = message && permitted(message, conversation);
  const press = useLongPress(() => allows && setOverlay('menu'));
  const at = writtenAt(row);
  const name = row.author?.name ?? 'Someone';
  const isForMe = message !== undefined && namesMe(message, conversation.me);
  const isToolbarShown = (isHovered || isFocused || overlay !== 'none') && !isEditing;
  return (
    <article
      aria-label={`${name}, ${timeOf(at)}`}
      className={classes(
        'group/row relative grid transition-colors duration-300 grid-cols-[2.25rem_minmax(0,47.5rem)] gap-x-3 px-(--row-gutter) py-px focus-visible:-outline-offset-2 pointer-coarse:select-none',
        isForMe && 'shadow-[inset_3px_0_0_var(--color-accent)]',
        isForMe || isFlashed ? 'bg-accent-tint' : 'hover:bg-hover focus-within:bg-hover',
        hasHeader && 'mt-3',
      )}
      data-message={row.key}
      onBlur={() => setFocused(false)}
      onFocus={({ target }) => setFocused(target.matches(':focus-visible'))}
      onPointerEnter={({ pointerType }: PointerEvent) => setHovered(pointerType === 'mouse')}
      onPointerLeave={() => setHovered(false)}
      {...(isActive && { tabIndex: 0 })}
      {...press}
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
            <UserStatusEmoji user={row.author} />
            <Time at={at} />
          </header>
        )}
        <MessageBody isEditing={isEditing} onEdited={onEdited} row={row} />
      </div>
      {isToolbarShown && message && allows && (
        <Late>
          <RowToolbar
            allows={allows}
            message={message}
            overlay={overlay}
            run={run}
            setOverlay={setOverlay}
          />
        </Late>
      )}
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
