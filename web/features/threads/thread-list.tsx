import type { User } from '../../../protocol/models.ts';
import { useThreads } from '../../api/followed-threads.ts';
import { ScrollRegion } from '../../ui/controls/scroll-region.tsx';
import { ShowMore } from '../../ui/controls/show-more.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/overlays/panel.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FollowedThreadRow } from './followed-thread-row.tsx';
import { NoThreads } from './no-threads.tsx';

/** The panel of the threads of a group that I follow, unread ones first. */
export function ThreadList({
  groupId,
  userOf,
  onOpen,
  onClose,
}: {
  groupId: string;
  userOf: (userId: string) => User | undefined;
  onOpen: (parentId: string) => void;
  onClose: () => void;
}) {
  const threads = useThreads(groupId);
  return (
    <Panel close="Close threads" label="Threads" onClose={onClose} title="Threads">
      {threads.isPending && <ListSkeleton />}
      {threads.failure && (
        <div className="p-4">
          <Notice>{threads.failure.detail}</Notice>
        </div>
      )}
      {threads.data?.length === 0 && <NoThreads />}
      {threads.data && threads.data.length > 0 && (
        <ScrollRegion aria-label="Followed threads" className="flex-1 overflow-y-auto p-2">
          <ul className="flex flex-col gap-0.5">
            {threads.data.map((thread) => (
              <li key={thread.root.id}>
                <FollowedThreadRow
                  onOpen={() => onOpen(thread.root.id)}
                  thread={thread}
                  userOf={userOf}
                />
              </li>
            ))}
          </ul>
          {threads.hasMore && (
            <ShowMore isLoading={threads.isFetchingMore} onClick={() => void threads.fetchMore()} />
          )}
        </ScrollRegion>
      )}
    </Panel>
  );
}

function ListSkeleton() {
  return (
    <div className="flex flex-col gap-5 p-5">
      <p className="sr-only" role="status">
        Loading threads
      </p>
      {['w-3/5', 'w-4/5', 'w-2/5'].map((width) => (
        <div className="flex flex-col gap-2" key={width}>
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}
