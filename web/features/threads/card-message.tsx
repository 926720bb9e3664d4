import type { Message, User } from '../../../protocol/models.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { dayAndTimeOf, momentOf } from '../../ui/words/moment.ts';
import { NamedFiles } from '../conversation/files/named-files.tsx';
import { Markdown } from '../conversation/markdown/markdown.tsx';

/** A message on the card of a thread: its author, its time and its text. */
export function CardMessage({ message, author }: { message: Message; author: User | undefined }) {
  const { createdAt } = message;
  return (
    <div className="flex gap-2.5">
      <Avatar className="mt-0.5 cursor-pointer" hasCard person={author} size="small" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <bdi
            className="cursor-pointer truncate font-semibold text-strong hover:underline"
            data-person={author?.id}
          >
            {author?.name ?? 'Someone'}
          </bdi>
          <time
            className="shrink-0 text-meta text-muted tabular-nums"
            dateTime={new Date(createdAt).toISOString()}
            title={momentOf(createdAt)}
          >
            {dayAndTimeOf(createdAt, Date.now())}
          </time>
        </p>
        {message.deletedAt === undefined ? (
          <>
            <Markdown content={message.content} />
            <NamedFiles files={message.attachments} />
          </>
        ) : (
          <p className="text-muted italic">Message deleted</p>
        )}
      </div>
    </div>
  );
}
