import { WifiOff } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useAllThreads } from '../../api/all-threads.ts';
import { useMyGroups } from '../../api/my-groups.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { ScrollRegion } from '../../ui/controls/scroll-region.tsx';
import { ShowMore } from '../../ui/controls/show-more.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useHasNetwork } from '../../ui/use-has-network.ts';
import { countNewThreads } from './count-new-threads.ts';
import { NoThreads } from './no-threads.tsx';
import { ThreadCard } from './thread-card.tsx';
import { useCardKeys } from './use-card-keys.ts';
import { returnedTo, useReturn } from './use-return.ts';

/** The threads that I follow in all of my groups, as cards: unread ones first as they were when the page was opened. */
export function ThreadCards({
  onOpen,
}: {
  /** Opens a thread beside its group. */
  onOpen: (groupId: string, rootId: string) => void;
}) {
  const { userId } = useSignedIn();
  const region = useRef<HTMLElement>(null);
  const [seen] = useState(returnedTo);
  const isReturn = seen.length > 0;
  const threads = useAllThreads({ isReturn });
  const groups = useMyGroups();
  const hasNetwork = useHasNetwork();
  const entries = useMemo(
    () => new Map(groups.data?.map((entry) => [entry.group.id, entry])),
    [groups.data],
  );
  const userOf = useMemo(() => {
    const users = new Map(threads.data?.users.map((user) => [user.id, user]));
    return (id: string) => users.get(id);
  }, [threads.data]);
  // A group that I was removed from is gone from my list at once.
  const shown = useMemo(
    () =>
      threads.data?.items.flatMap((thread) => {
        const entry = entries.get(thread.groupId);
        return entry ? [{ thread, entry }] : [];
      }) ?? [],
    [threads.data, entries],
  );
  useReturn(region, seen, shown.length > 0);
  const open = useCallback(
    (rootId: string) => {
      const groupId = shown.find(({ thread }) => thread.root.id === rootId)?.thread.groupId;
      if (groupId !== undefined) onOpen(groupId, rootId);
    },
    [shown, onOpen],
  );
  const active = useCardKeys(region, open) ?? shown[0]?.thread.root.id;
  const news =
    threads.data && !threads.isFetching
      ? countNewThreads(threads.data.items, groups.data ?? [], threads.hasMore, Date.now())
      : 0;

  async function reopen(): Promise<void> {
    region.current?.scrollTo({ top: 0 });
    region.current?.focus({ preventScroll: true });
    await threads.reopen();
  }

  const isLoading = (threads.isPending || groups.isPending) && hasNetwork;
  return (
    <ScrollRegion
      aria-label="Followed threads"
      className="relative flex flex-1 flex-col gap-3 overflow-y-auto px-(--row-gutter) py-4"
      ref={region}
    >
      <div
        className="pointer-events-none sticky top-0 z-10 -mb-3 flex h-0 max-w-(--column) justify-center"
        role="status"
      >
        {news > 0 && (
          <button
            className="pointer-events-auto min-h-8 animate-enter self-start rounded-pill bg-accent px-3.5 py-1 text-secondary font-medium whitespace-nowrap text-on-accent shadow-overlay select-none hover:bg-accent-hover"
            onClick={() => void reopen()}
            type="button"
          >
            {news} new {news === 1 ? 'thread' : 'threads'}
          </button>
        )}
      </div>
      {isLoading && <CardsSkeleton />}
      {threads.failure && (
        <div className="flex max-w-(--column) flex-col items-start gap-1">
          <Notice>{threads.failure.detail}</Notice>
          <Button onClick={() => void reopen()}>Try again</Button>
        </div>
      )}
      {threads.data?.isIncomplete && (
        <p className="flex max-w-(--column) flex-wrap items-center gap-x-2 text-secondary text-muted">
          Some groups cannot be reached right now: their threads may be missing.
          <Button busy={threads.isFetching} onClick={() => void reopen()}>
            Try again
          </Button>
        </p>
      )}
      {threads.isPending && !hasNetwork && (
        <EmptyState icon={WifiOff} title="You are offline">
          Your threads appear here when the connection is back.
        </EmptyState>
      )}
      {threads.data &&
        groups.data &&
        shown.length === 0 &&
        !threads.hasMore &&
        !threads.data.isIncomplete && <NoThreads />}
      {shown.length > 0 && (
        <ul className="flex max-w-(--column) flex-col gap-3">
          {shown.map(({ thread, entry }) => (
            <li key={thread.root.id}>
              <ThreadCard
                entry={entry}
                isActive={thread.root.id === active}
                isOld={
                  isReturn && (thread.unread > 0 || seen.some(({ key }) => key === thread.root.id))
                }
                me={userId}
                onOpen={() => open(thread.root.id)}
                thread={thread}
                userOf={userOf}
              />
            </li>
          ))}
        </ul>
      )}
      {threads.hasMore && (
        <ShowMore isLoading={threads.isFetchingMore} onClick={() => void threads.fetchMore()} />
      )}
    </ScrollRegion>
  );
}

/** Cards that load; a short wait shows nothing. */
function CardsSkeleton() {
  return (
    <div className="flex max-w-(--column) animate-fade flex-col gap-3 [animation-delay:300ms] [animation-fill-mode:backwards]">
      <p className="sr-only" role="status">
        Loading threads
      </p>
      {['w-3/5', 'w-4/5', 'w-2/5'].map((width) => (
        <div className="flex flex-col gap-3 rounded-card bg-raised p-4 shadow-field" key={width}>
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className={`h-3.5 ${width}`} />
          <Skeleton className="h-3.5 w-1/2" />
        </div>
      ))}
    </div>
  );
}
