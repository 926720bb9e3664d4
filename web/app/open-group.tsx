import { lazy, useCallback, useEffect, useMemo, useState } from 'react';
import { Composer, type ComposerProps } from '../features/composer/composer.tsx';
import { useDraft } from '../features/composer/use-draft.ts';
import { writingPeople } from '../features/composer/writing-people.ts';
import {
  type Conversation,
  ConversationContext,
} from '../features/conversation/conversation-context.ts';
import { useAttendance } from '../features/conversation/list/use-watching.ts';
import { PeopleContext } from '../features/conversation/people-context.ts';
import { Timeline } from '../features/conversation/timeline.tsx';
import { TimelineSkeleton } from '../features/conversation/timeline-skeleton.tsx';
import { GroupHeader } from '../features/groups/group-header.tsx';
import { GroupStart } from '../features/groups/group-start.tsx';
import { ConnectionBar } from '../features/status/connection-bar.tsx';
import type { ClosedView } from '../realtime/group-view.ts';
import { useLiveGroup } from '../realtime/use-live-group.ts';
import { useSignedIn } from '../session/use-session.ts';
import { Late } from '../ui/overlays/late.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { conversationName } from '../ui/words/conversation-name.ts';
import { useNewVersionReady } from './new-version.ts';
import { ThreadsButton } from './threads-button.tsx';
import { useEscape } from './use-escape.ts';
import { useOpening } from './use-opening.ts';
import { usePanel } from './use-panel.ts';
import { useTitle } from './use-title.ts';

/** The performance mark of the first frame of a group: what is loaded before it is the first load. */
const FIRST_FRAME = 'group-shown';

const ArchivedNote = lazy(() =>
  import('../features/composer/archived-note.tsx').then((file) => ({ default: file.ArchivedNote })),
);
const MissingMessage = lazy(() =>
  import('./missing-message.tsx').then((file) => ({
    default: file.MissingMessage,
  })),
);
// If the file of the old version is gone, the fallback says to reload as well.
const NewVersionBar = lazy(() =>
  import('../features/status/new-version-bar.tsx').then((file) => ({
    default: file.NewVersionBar,
  })),
);
const GroupPanel = lazy(() =>
  import('./group-panel.tsx').then((file) => ({ default: file.GroupPanel })),
);
const AfterGroupShown = lazy(() =>
  import('./after-group-shown.tsx').then((file) => ({ default: file.AfterGroupShown })),
);

/** A group that I am a member of: header, timeline, composer, and the panel beside them. */
export function OpenGroup({
  groupId,
  messageId,
  onClosed,
  onShown,
}: {
  groupId: string;
  /** The message that the address names. */
  messageId: string | undefined;
  onClosed: (closed: ClosedView) => void;
  /** The messages are shown. */
  onShown: () => void;
}) {
  const { userId } = useSignedIn();
  const { view, client } = useLiveGroup(groupId);
  const draft = useDraft(userId, groupId);
  const { panel, open, close } = usePanel();
  const { group, me, members, closed, userOf } = view;
  const { isShown, isPlaced } = useOpening(view);
  const isNewVersionReady = useNewVersionReady();
  const thread = panel?.type === 'thread' ? panel.parentId : undefined;
  const others = useMemo(() => {
    return [...members.values()].flatMap(({ user }) => (user.id === userId ? [] : user));
  }, [members, userId]);
  const name = group ? conversationName(group, others) : '';
  const other = group?.kind === 'direct' && others.length === 1 ? others[0] : undefined;
  useTitle(group && name);

  const [wasShown, setWasShown] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    performance.mark(FIRST_FRAME);
    setWasShown(true);
    onShown();
  }, [isShown, onShown]);

  useEffect(() => {
    if (closed) onClosed(closed);
  }, [closed, onClosed]);

  useEffect(() => {
    if (thread === undefined) return;
    client.openThread(thread);
    return () => client.closeThread();
  }, [client, thread]);

  useEffect(() => {
    if (messageId !== undefined) void client.jumpTo(messageId);
  }, [client, messageId]);

  useAttendance(client);
  useEscape(client, groupId);
  const send: ComposerProps['send'] = useCallback(
    (content, files) => client.send(content, undefined, files),
    [client],
  );
  const people = useCallback(() => writingPeople(client.getView(), userId), [client, userId]);
  const onTyping = useCallback((isTyping: boolean) => client.typing(null, isTyping), [client]);
  const known = useMemo(() => ({ me: userId, userOf }), [userId, userOf]);
  const role = me?.role ?? 'guest';
  const isArchived = group?.archivedAt !== undefined;
  const conversation = useMemo((): Conversation => {
    return {
      groupId,
      parentId: null,
      me: userId,
      role,
      isArchived,
      client,
      openThread: (parentId, replyId) => {
        open({ type: 'thread', parentId });
        if (replyId !== undefined) void client.jumpTo(replyId, parentId);
      },
      giveBack: (...given) => {
        void import('../features/composer/add-to-draft.ts').then((add) =>
          add.giveBack(draft, client.getView().userOf, ...given),
        );
      },
    };
  }, [groupId, userId, role, isArchived, client, open, draft]);
  const start = useMemo(
    () => group && <GroupStart group={group} isGroupShown={wasShown} name={name} />,
    [group, name, wasShown],
  );
  const toggle = (type: 'details' | 'threads' | 'pins') =>
    panel?.type === type ? close() : open({ type });

  return (
    <PeopleContext value={known}>
      <ConversationContext value={conversation}>
        <main className="flex min-w-0 flex-1 flex-col">
          {group ? (
            <GroupHeader
              group={group}
              isGroupShown={wasShown}
              members={members}
              name={name}
              onDetails={() => toggle('details')}
              onPins={() => toggle('pins')}
              open={panel?.type}
              other={other}
              presence={other && view.presence.get(other.id)}
              presentCount={view.presentCount}
              threads={
                <ThreadsButton
                  groupId={groupId}
                  isGroupShown={wasShown}
                  isOpen={panel?.type === 'threads'}
                  onClick={() => toggle('threads')}
                  view={view}
                />
              }
            />
          ) : (
            <HeaderSkeleton />
          )}
          {(view.newVersion || isNewVersionReady) && (
            <Late>
              <NewVersionBar />
            </Late>
          )}
          <ConnectionBar connection={view.connection} onReconnect={() => client.reconnect()} />
          {view.targetMissing && (
            <Late>
              <MissingMessage key={messageId} />
            </Late>
          )}
          {group && isShown ? (
            <Timeline
              divider={view.divider}
              hasAfter={view.hasAfter}
              hasBefore={view.hasBefore}
              isLoaded={isPlaced}
              loadingAfter={view.loadingAfter}
              loadingBefore={view.loadingBefore}
              name={group.kind === 'direct' ? `your conversation with ${name}` : name}
              removed={view.removed}
              rows={view.rows}
              start={start}
              target={view.target}
            />
          ) : (
            <TimelineSkeleton />
          )}
          {isArchived && (
            <Late>
              <ArchivedNote />
            </Late>
          )}
          {group && !isArchived && (
            <Composer
              draft={draft}
              groupId={groupId}
              isGroupShown={wasShown}
              label={`Message ${name}`}
              onTyping={onTyping}
              parentId={null}
              people={people}
              send={send}
              typing={view.typing}
            />
          )}
        </main>
        {wasShown && (
          <Late>
            <AfterGroupShown open={open} thread={thread} view={view} />
          </Late>
        )}
        {panel && group && me && (
          <Late>
            <GroupPanel
              around={conversation}
              name={name}
              onClose={close}
              onThreads={() => open({ type: 'threads' })}
              panel={panel}
              view={{ ...view, group, me }}
            />
          </Late>
        )}
      </ConversationContext>
    </PeopleContext>
  );
}

function HeaderSkeleton() {
  return (
    <div className="flex h-14 shrink-0 items-center border-b border-line px-(--row-gutter)">
      <Skeleton className="h-4 w-40" />
    </div>
  );
}
