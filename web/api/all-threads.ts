import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useSignedIn } from '../session/use-session.ts';
import { keepQueries, restoreQueries } from './kept-queries.ts';
import { KEPT_THREADS, type ListedThreads, trimThreads } from './kept-threads.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { renew } from './queries.ts';
import { fetchThreads, onceEach } from './threads.ts';

/** A thread takes the room of several messages. */
const PAGE = 20;

/**
 * The threads that I follow in all of my groups, unread ones first, and the users that they name. What arrives changes neither
 * their order nor what is listed, until `reopen` or the next visit. Without a network they are those of the last visit, and
 * also for a user who returns to them (`isReturn`).
 */
export function useAllThreads({ isReturn }: { isReturn: boolean }) {
  const session = useSignedIn();
  const { userId } = session;
  const queries = useQueryClient();
  const [isListed] = useState(() => {
    if (isReturn && queries.getQueryData(keys.allThreads())) return true;
    if (!queries.getQueryData(keys.allThreads())) restoreQueries(queries, userId, KEPT_THREADS);
    trimThreads(queries);
    return false;
  });
  useEffect(() => keepQueries(queries, userId, KEPT_THREADS), [queries, userId]);
  const query = useInfiniteQuery({
    ...BY_CURSOR,
    queryKey: keys.allThreads(),
    queryFn: async ({ pageParam: cursor, signal }): Promise<ListedThreads> => ({
      ...(await fetchThreads(session, undefined, { cursor, limit: PAGE, signal })),
      listedAt: Date.now(),
    }),
    select: listed,
    staleTime: Number.POSITIVE_INFINITY,
    // A user who returns finds the list as they left it, also after a long time in a group.
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnMount: isListed ? false : 'always',
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  return {
    ...shownPages(query),
    isFetching: query.isFetching,
    /** Fetches the list again, from the first page. */
    reopen: useCallback(async () => {
      trimThreads(queries);
      await renew(queries, keys.allThreads());
    }, [queries]),
  };
}

function listed({ pages }: { pages: ListedThreads[] }) {
  return {
    /** `listedAt` is when the thread was fetched, ms UTC. */
    items: onceEach(
      pages.flatMap(({ items, listedAt }) => items.map((thread) => ({ ...thread, listedAt }))),
    ),
    users: pages.flatMap(({ users }) => users),
    isIncomplete: pages.some(({ incomplete }) => incomplete),
  };
}
