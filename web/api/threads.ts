import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type * as z from 'zod/mini';
import { ThreadList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { orThrow, renew, shown } from './queries.ts';
import { type Caller, request } from './request.ts';

/** The threads of a group that I follow, `FollowedThread[]`, unread ones first. */
export function useThreads(groupId: string) {
  const session = useSignedIn();
  const query = useInfiniteQuery({
    ...BY_CURSOR,
    queryKey: keys.threads(groupId),
    queryFn: ({ pageParam: cursor, signal }) => fetchThreads(session, groupId, { cursor, signal }),
    // A change of the order between two fetches can put a thread on two pages: it keeps its first place.
    select: ({ pages }) => {
      const items = pages.flatMap((page) => page.items);
      return [...new Map(items.toReversed().map((it) => [it.root.id, it])).values()].toReversed();
    },
  });
  return shownPages(query);
}

/**
 * The number of threads of a group that I follow and that have unread replies, counted on the first page: those come first.
 * `renew` fetches it and the list of threads again.
 */
export function useUnreadThreads(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: keys.unreadThreads(groupId),
    queryFn: ({ signal }) => fetchThreads(session, groupId, { signal }),
    select: ({ items }) => items.filter(({ unread }) => unread > 0).length,
  });
  return {
    ...shown(query),
    renew: useCallback(() => renew(queries, keys.threads(groupId)), [queries, groupId]),
  };
}

function fetchThreads(
  caller: Caller,
  groupId: string,
  { cursor, signal }: { cursor?: string | undefined; signal: AbortSignal },
): Promise<z.infer<typeof ThreadList>> {
  const path = `/api/threads?${new URLSearchParams({ groupId, ...(cursor && { cursor }) })}`;
  return orThrow(request(caller, { path, answer: ThreadList, signal }));
}
