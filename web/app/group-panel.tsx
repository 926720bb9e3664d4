import { lazy } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { assertNever } from '../../protocol/assert-never.ts';
import type { Message } from '../../protocol/models.ts';
import { may } from '../../protocol/permissions.ts';
import type { Conversation } from '../features/conversation/conversation-context.ts';
import { InviteByLink } from '../features/invites/invite-by-link.tsx';
import type { GroupView } from '../realtime/group-view.ts';
import { DESKTOP, useMedia } from '../ui/use-media.ts';
import { type Panel, usePanel } from './use-panel.ts';

const GroupDetails = lazy(() =>
  import('../features/groups/group-details.tsx').then((file) => ({ default: file.GroupDetails })),
);
const ThreadList = lazy(() =>
  import('../features/threads/thread-list.tsx').then((file) => ({ default: file.ThreadList })),
);
const FilesPanel = lazy(() =>
  import('../features/files/files-panel.tsx').then((file) => ({ default: file.FilesPanel })),
);
const PinsPanel = lazy(() =>
  import('../features/pins/pins-panel.tsx').then((file) => ({ default: file.PinsPanel })),
);
const OpenThread = lazy(() =>
  import('./open-thread.tsx').then((file) => ({ default: file.OpenThread })),
);

/** The panel beside the timeline of a group, as the address names it. Each loads when it is opened. */
export function GroupPanel({
  panel,
  name,
  view,
  around,
  onThreads,
  onClose,
}: {
  panel: Panel;
  /** How the page names the group. */
  name: string;
  view: GroupView & { group: NonNullable<GroupView['group']>; me: NonNullable<GroupView['me']> };
  around: Conversation;
  /** Opens the list of threads. */
  onThreads: () => void;
  onClose: () => void;
}) {
  const isDesktop = useMedia(DESKTOP);
  const { open } = usePanel();
  const { group, me, members, presence, presentCount, userOf, rows, resets } = view;

  function jump({
    id,
    parentId,
    alsoToGroup,
  }: Pick<Message, 'id' | 'parentId' | 'alsoToGroup'>): void {
    // A reply that is only in a thread is shown there, and the thread replaces this panel.
    if (parentId !== undefined && alsoToGroup !== true) void around.client.jumpTo(id);
    // On a phone the panel covers the timeline, and with it the message.
    else navigate(`/g/${group.id}/m/${id}${isDesktop ? location.search : ''}`);
  }

  switch (panel.type) {
    case 'details':
      return (
        <GroupDetails
          client={around.client}
          group={group}
          invite={
            may(me.role, 'invite') &&
            group.archivedAt === undefined && <InviteByLink groupId={group.id} />
          }
          me={me}
          members={members}
          name={name}
          onClose={onClose}
          onFiles={() => open({ type: 'files' })}
          onLeft={() => navigate('/', { replace: true })}
          presence={presence}
          presentCount={presentCount}
        />
      );
    case 'threads':
      return (
        <ThreadList
          groupId={group.id}
          onClose={onClose}
          onOpen={(parentId) => around.openThread(parentId)}
          userOf={userOf}
        />
      );
    case 'pins':
      return (
        <PinsPanel
          canUnpin={me.role !== 'guest' && !around.isArchived}
          client={around.client}
          groupId={group.id}
          onClose={onClose}
          onJump={jump}
          shown={[
            resets,
            ...rows.flatMap((row) => (row.state === 'sent' ? (row.message.pinnedAt ?? []) : [])),
          ].join()}
        />
      );
    case 'files':
      return (
        <FilesPanel
          groupId={group.id}
          members={members}
          onClose={onClose}
          onJump={({ messageId, parentId }) => jump({ id: messageId, parentId })}
          userOf={userOf}
        />
      );
    case 'thread':
      return (
        <OpenThread
          around={around}
          groupName={name}
          key={panel.parentId}
          onAll={onThreads}
          onClose={onClose}
          parentId={panel.parentId}
          view={view}
        />
      );
    default:
      return assertNever(panel);
  }
}
