import { CornerDownRight } from 'lucide-react';
import { use } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { useMessage } from '../../../api/use-message.ts';
import { beginningOf } from '../beginning-of.ts';
import { useConversation } from '../conversation-context.ts';
import { PeopleContext } from '../people-context.ts';

/** Above a reply that the group shows, too: the beginning of the message it replies to. A click opens the thread there. */
export function RepliedTo({
  rootId,
  held,
  replyId,
}: {
  rootId: string;
  /** The root, if the timeline has it. */
  held: Message | undefined;
  replyId: string;
}) {
  const { groupId, openThread } = useConversation();
  const { userOf } = use(PeopleContext);
  const fetched = useMessage(groupId, rootId, { enabled: held === undefined });
  const root = held ?? fetched.data;
  return (
    <button
      className="flex h-6 max-w-full items-center gap-1 rounded-small text-meta text-muted select-none hover:text-strong hover:underline"
      onClick={() => openThread(rootId, replyId)}
      type="button"
    >
      <CornerDownRight aria-hidden="true" className="shrink-0 rtl:-scale-x-100" size={13} />
      <span className="truncate">
        replied to a thread
        {root && (
          <>
            : <bdi>{beginningOf(root, userOf)}</bdi>
          </>
        )}
      </span>
    </button>
  );
}
