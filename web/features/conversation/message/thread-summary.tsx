import { use } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { AvatarStack } from '../../../ui/people/avatar-stack.tsx';
import { dayAndTimeOf, momentOf } from '../../../ui/words/moment.ts';
import { useConversation } from '../conversation-context.ts';
import { PeopleContext } from '../people-context.ts';

/** The summary of a thread below its root: participants, number of replies, time of the last one. A click opens the thread. */
export function ThreadSummary({ message }: { message: Message }) {
  const { openThread } = useConversation();
  const { userOf } = use(PeopleContext);
  const { id, replyCount = 0, lastReplyAt, replyUserIds = [] } = message;
  const people = replyUserIds.flatMap((userId) => userOf(userId) ?? []);
  return (
    <button
      className="mt-1 flex min-h-8 max-w-full items-center gap-2 rounded-small py-1 ps-1 pe-3 text-secondary select-none hover:bg-hover"
      onClick={() => openThread(id)}
      type="button"
    >
      <AvatarStack people={people} />
      <span className="font-medium whitespace-nowrap text-accent-text">
        {replyCount} {replyCount === 1 ? 'reply' : 'replies'}
      </span>
      {lastReplyAt !== undefined && (
        <time
          className="truncate text-meta text-muted"
          dateTime={new Date(lastReplyAt).toISOString()}
          title={momentOf(lastReplyAt)}
        >
          · last {dayAndTimeOf(lastReplyAt, Date.now())}
        </time>
      )}
    </button>
  );
}
