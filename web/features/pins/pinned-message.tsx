import { CornerUpRight, PinOff } from 'lucide-react';
import type { Message, User } from '../../../protocol/models.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';
import { dayAndTimeOf, momentOf } from '../../ui/words/moment.ts';
import { NamedFiles } from '../conversation/files/named-files.tsx';
import { Markdown } from '../conversation/markdown/markdown.tsx';

/** One pinned message: its text, the user who pinned it, and a link to it. */
export function PinnedMessage({
  message,
  author,
  pinnedBy,
  onJump,
  onUnpin,
}: {
  message: Message;
  author: User | undefined;
  pinnedBy: User | undefined;
  onJump: () => void;
  /** Undefined if the user may not unpin. */
  onUnpin: (() => void) | undefined;
}) {
  return (
    <article className="flex flex-col gap-1.5 rounded-card bg-raised p-3 shadow-field">
      <header className="flex items-center gap-2">
        <Avatar person={author} size="small" />
        <bdi className="truncate font-semibold text-strong">{author?.name ?? 'Someone'}</bdi>
        <time
          className="flex-1 truncate text-meta text-muted tabular-nums"
          dateTime={new Date(message.createdAt).toISOString()}
          title={momentOf(message.createdAt)}
        >
          {dayAndTimeOf(message.createdAt, Date.now())}
        </time>
        <IconButton className="size-7" label="Jump to this message" onClick={onJump}>
          <CornerUpRight aria-hidden="true" size={15} />
        </IconButton>
        {onUnpin && (
          <IconButton className="size-7" label="Unpin" onClick={onUnpin}>
            <PinOff aria-hidden="true" size={15} />
          </IconButton>
        )}
      </header>
      <Markdown content={message.content} />
      <NamedFiles files={message.attachments} />
      {pinnedBy && (
        <p className="text-meta text-muted">
          Pinned by <bdi>{pinnedBy.name}</bdi>
        </p>
      )}
    </article>
  );
}
