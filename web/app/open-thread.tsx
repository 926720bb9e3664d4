import { useCallback, useMemo, useState } from 'react';
import { ArchivedNote } from '../features/composer/archived-note.tsx';
import { Composer, type ComposerProps } from '../features/composer/composer.tsx';
import { useDraft } from '../features/composer/use-draft.ts';
import { writingPeople } from '../features/composer/writing-people.ts';
import {
  type Conversation,
  ConversationContext,
} from '../features/conversation/conversation-context.ts';
import { arrivalsAfter } from '../features/conversation/list/use-arrivals.ts';
import { Timeline } from '../features/conversation/timeline.tsx';
import { AlsoToGroup } from '../features/threads/also-to-group.tsx';
import { ThreadPanel } from '../features/threads/thread-panel.tsx';
import type { DividerView, GroupView, ThreadView } from '../realtime/group-view.ts';
import { namesMe } from '../realtime/message.ts';

/** A thread of the open group: root, replies and composer. */
export function OpenThread({
  parentId,
  view,
  around,
  groupName,
  onAll,
  onClose,
}: {
  parentId: string;
  view: GroupView;
  /** The conversation of the group's timeline. */
  around: Conversation;
  /** How the page names the group. */
  groupName: string;
  /** Leads to the list of threads. */
  onAll: () => void;
  onClose: () => void;
}) {
  const { client, groupId, me } = around;
  const draft = useDraft(me, groupId, parentId);
  const [alsoToGroup, setAlsoToGroup] = useState(false);
  const thread = view.thread?.parentId === parentId ? view.thread : undefined;

  const send: ComposerProps['send'] = useCallback(
    (content, files) => {
      setAlsoToGroup(false);
      return client.send(content, { parentId, alsoToGroup }, files);
    },
    [client, parentId, alsoToGroup],
  );
  const people = useCallback(() => writingPeople(client.getView(), me), [client, me]);
  const onTyping = useCallback(
    (isTyping: boolean) => client.typing(parentId, isTyping),
    [client, parentId],
  );
  const conversation = useMemo((): Conversation => {
    return {
      ...around,
      parentId,
      giveBack: (...given) => {
        void import('../features/composer/add-to-draft.ts').then((add) =>
          add.giveBack(draft, client.getView().userOf, ...given),
        );
      },
    };
  }, [around, parentId, draft, client]);
  // While older replies are not loaded, the root would stand above a gap.
  const rows = useMemo(
    () => (thread?.root && !thread.hasBefore ? [thread.root, ...thread.rows] : thread?.rows),
    [thread?.root, thread?.hasBefore, thread?.rows],
  );
  const divider = useMemo(
    () => (thread?.root ? threadDivider(thread.root.message.seq, thread, me) : undefined),
    [thread, me],
  );

  return (
    <ConversationContext value={conversation}>
      <ThreadPanel
        composer={
          around.isArchived ? (
            <ArchivedNote />
          ) : (
            <Composer
              draft={draft}
              groupId={groupId}
              isGroupShown
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
          )
        }
        list={
          thread &&
          rows && (
            <Timeline
              divider={divider}
              hasAfter={thread.hasAfter}
              hasBefore={thread.hasBefore}
              isLoaded={thread.isLoaded}
              // Mounted again when the replies arrive: they are no arrivals, and the list opens at the first new one.
              key={`${parentId} ${thread.isLoaded}`}
              loadingAfter={thread.loadingAfter}
              loadingBefore={thread.loadingBefore}
              name="this thread"
              removed={thread.removed}
              rows={rows}
              start={null}
              target={view.target}
            />
          )
        }
        onAll={onAll}
        onClose={onClose}
        onEscape={() => {
          if (!divider || divider.count === 0) return false;
          client.clearDivider(parentId);
          return true;
        }}
        onFollow={(following) => client.follow(parentId, following)}
        thread={thread}
      />
    </ConversationContext>
  );
}

/** Where the new replies of a thread begin; the root is never new. */
function threadDivider(
  rootSeq: number,
  { rows, hasBefore, openedReadSeq }: ThreadView,
  me: string,
): DividerView | undefined {
  if (openedReadSeq === undefined) return undefined;
  const afterSeq = Math.max(rootSeq, openedReadSeq);
  const arrivals = arrivalsAfter(rows, afterSeq, me);
  const [oldest] = rows;
  return {
    afterSeq,
    count: arrivals.length,
    mentions: arrivals.filter(({ message }) => namesMe(message, me)).length,
    isAtLeast: hasBefore && oldest?.state === 'sent' && oldest.message.seq > afterSeq,
  };
}
