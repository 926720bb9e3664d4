import { lazy, useCallback, useEffect, useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { Composer } from '../features/composer/composer.tsx';
import { useDraft } from '../features/composer/use-draft.ts';
import { useIsReadable } from '../features/conversation/markdown/use-is-readable.ts';
import { Timeline } from '../features/conversation/timeline.tsx';
import { TimelineSkeleton } from '../features/conversation/timeline-skeleton.tsx';
import { GroupHeader } from '../features/groups/group-header.tsx';
import { GroupStart } from '../features/groups/group-start.tsx';
import { ConnectionBar } from '../features/status/connection-bar.tsx';
import { NewVersionBar } from '../features/status/new-version-bar.tsx';
import type { ClosedView } from '../realtime/room-view.ts';
import { useRoom } from '../realtime/use-room.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { Late } from '../ui/late.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTitle } from './use-title.ts';

const GroupDetails = lazy(() =>
  import('../features/groups/group-details.tsx').then((file) => ({ default: file.GroupDetails })),
);

const PANEL = 'panel';
const DETAILS = 'details';
/** Marks the step of the browser's history that opened the panel. */
const OPENED_HERE = 'panel-opened';

/** A group that I am in: its header, its timeline, where to write, and its details beside them. */
export function OpenGroup({
  groupId,
  onClosed,
}: {
  groupId: string;
  onClosed: (closed: ClosedView) => void;
}) {
  const { userId } = useSignedIn();
  const { view, client } = useRoom(groupId);
  const draft = useDraft(userId, groupId);
  const [, navigate] = useLocation();
  const [search, setSearch] = useSearchParams();
  const isDetailsOpen = search.get(PANEL) === DETAILS;
  const { group, me, closed } = view;
  const isReadable = useIsReadable(view.rows);
  useTitle(group?.name);

  useEffect(() => {
    if (closed) onClosed(closed);
  }, [closed, onClosed]);

  const send = useCallback((content: string) => client.send(content), [client]);
  const loadBefore = useCallback(() => void client.loadBefore(), [client]);
  const actions = useMemo(
    () => ({
      retry: (id: string) => client.retry(id),
      discard: (id: string) => {
        const text = client.discard(id);
        if (text !== undefined && draft.text === '') draft.write(text);
      },
    }),
    [client, draft],
  );
  const start = useMemo(() => group && <GroupStart group={group} />, [group]);

  function toggleDetails(): void {
    if (!isDetailsOpen) setSearch({ [PANEL]: DETAILS }, { state: OPENED_HERE });
    // Closing what was opened here is going back, so that a phone's back gesture does not open it again.
    else if (history.state === OPENED_HERE) history.back();
    else setSearch({}, { replace: true });
  }

  return (
    <>
      <main className="flex min-w-0 flex-1 flex-col">
        {group ? (
          <GroupHeader
            group={group}
            isDetailsOpen={isDetailsOpen}
            members={view.members}
            onDetails={toggleDetails}
          />
        ) : (
          <HeaderSkeleton />
        )}
        {view.newVersion && <NewVersionBar />}
        <ConnectionBar connection={view.connection} onReconnect={() => client.reconnect()} />
        {group && isReadable ? (
          <Timeline
            actions={actions}
            hasBefore={view.hasBefore}
            loadBefore={loadBefore}
            loadingBefore={view.loadingBefore}
            me={userId}
            name={group.name}
            rows={view.rows}
            start={start}
          />
        ) : (
          <TimelineSkeleton />
        )}
        {group && <Composer draft={draft} groupName={group.name} send={send} />}
      </main>
      {isDetailsOpen && group && me && (
        <Late>
          <GroupDetails
            group={group}
            me={me}
            members={view.members}
            onClose={toggleDetails}
            onLeft={() => navigate('/', { replace: true })}
          />
        </Late>
      )}
    </>
  );
}

function HeaderSkeleton() {
  return (
    <div className="flex h-14 shrink-0 items-center border-b border-line px-(--row-gutter)">
      <Skeleton className="h-4 w-40" />
    </div>
  );
}
