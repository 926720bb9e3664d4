import { useCallback, useMemo, useState } from 'react';
import { Composer } from '../features/composer/composer.tsx';
import { useDraft } from '../features/composer/use-draft.ts';
import { writingPeople } from '../features/composer/writing-people.ts';
import {
  type Conversation,
  ConversationContext,
} from '../features/conversation/conversation-context.ts';
import { Timeline } from '../features/conversation/timeline.tsx';
import { AlsoToGroup } from '../features/threads/also-to-group.tsx';
import { ThreadPanel } from '../features/threads/thread-panel.tsx';
import type { RoomView } from '../realtime/room-view.ts';

/** A thread of a group that is open: its root, its replies, where to write one. */
export function OpenThread({
  parentId,
  view,
  around,
  onClose,
}: {
  parentId: string;
  view: RoomView;
  /** The conversation that the thread is a part of. */
  around: Conversation;
  onClose: () => void;
}) {
  const { client, groupId, me } = around;
  const draft = useDraft(me, groupId, parentId);
  const [alsoToGroup, setAlsoToGroup] = useState(false);
  const thread = view.thread?.parentId === parentId ? view.thread : undefined;
  const groupName = view.group?.name ?? 'the group';

  const send = useCallback(
    (content: string) => {
      setAlsoToGroup(false);
      return client.send(content, { parentId, alsoToGroup });
    },
    [client, parentId, alsoToGroup],
  );
  const loadBefore = useCallback(() => void client.loadBefore(parentId), [client, parentId]);
  const people = useCallback(() => writingPeople(client.getView(), me), [client, me]);
  const onTyping = useCallback(
    (isTyping: boolean) => client.typing(parentId, isTyping),
    [client, parentId],
  );
  const conversation = useMemo((): Conversation => {
    return {
      ...around,
      parentId,
      giveBack: (text) => {
        if (draft.text === '') draft.restore(text, (id) => client.getView().userOf(id)?.name);
      },
    };
  }, [around, parentId, draft, client]);
  // While older replies are missing, the root would stand above a hole.
  const rows = useMemo(
    () => (thread?.root && !thread.hasBefore ? [thread.root, ...thread.rows] : thread?.rows),
    [thread?.root, thread?.hasBefore, thread?.rows],
  );

  return (
    <ConversationContext value={conversation}>
      <ThreadPanel
        composer={
          <Composer
            draft={draft}
            groupId={groupId}
            key={parentId}
            label="Reply in this thread"
            onTyping={onTyping}
            parentId={parentId}
            people={people}
            send={send}
            typing={thread?.typing ?? []}
          >
            <AlsoToGroup checked={alsoToGroup} groupName={groupName} onChange={setAlsoToGroup} />
          </Composer>
        }
        list={
          thread &&
          rows && (
            <Timeline
              hasBefore={thread.hasBefore}
              key={parentId}
              loadBefore={loadBefore}
              loadingBefore={thread.loadingBefore}
              me={me}
              name="this thread"
              rows={rows}
              start={null}
            />
          )
        }
        onClose={onClose}
        onFollow={(following) => client.follow(parentId, following)}
        thread={thread}
      />
    </ConversationContext>
  );
}
