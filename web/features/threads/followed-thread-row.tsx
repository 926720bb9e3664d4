import type { User } from '../../../protocol/models.ts';
import type { FollowedThread } from '../../../protocol/threads.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { dayAndTimeOf } from '../../ui/words/moment.ts';
import { beginningOf } from '../conversation/beginning-of.ts';
import { NewReplies } from './new-replies.tsx';
import { repliesOf } from './replies-of.ts';

/** One thread of the list: its root, the number of replies, and how many are unread. */
export function FollowedThreadRow({
  thread: { root, unread, lastReplyAt },
  userOf,
  onOpen,
}: {
  thread: FollowedThread;
  userOf: (userId: string) => User | undefined;
  onOpen: () => void;
}) {
  const author = userOf(root.userId);
  const isDeleted = root.deletedAt !== undefined;
  const text = beginningOf(root, userOf);
  return (
    <button
      className="flex w-full gap-3 rounded-small px-3 py-2 text-start hover:bg-hover"
      onClick={onOpen}
      type="button"
    >
      <Avatar className="mt-0.5 size-8" person={author} />
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex items-center gap-2">
          <bdi
            className={
              unread > 0
                ? 'truncate font-semibold text-strong'
                : 'truncate font-medium text-default'
            }
          >
            {author?.name ?? 'Someone'}
          </bdi>
          <span className="ms-auto" />
          <NewReplies unread={unread} />
        </span>
        <span className="line-clamp-2 text-default wrap-anywhere" dir="auto">
          {isDeleted ? <em className="text-muted">Message deleted</em> : text}
        </span>
        <span className="text-meta text-muted tabular-nums">
          {repliesOf(root)} · last {dayAndTimeOf(lastReplyAt, Date.now())}
        </span>
      </span>
    </button>
  );
}
