import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type FollowedThread, ThreadList } from '../../protocol/threads.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, renew, shown } from './queries.ts';
import { type Caller, request } from './request.ts';

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

/**
 * A page of the threads that I follow, in one group or, without `groupId`, in all of mine; unread ones first. Rejects as
 * `orThrow` does.
 */
export function fetchThreads(
  caller: Caller,
  groupId: string | undefined,
  { cursor, limit, signal }: { cursor?: string | undefined; limit?: number; signal: AbortSignal },
): Promise<ThreadList> {
  const asked = new URLSearchParams({
    ...(groupId !== undefined && { groupId }),
    ...(limit !== undefined && { limit: String(limit) }),
    ...(cursor && { cursor }),
  });
  return orThrow(request(caller, { path: `/api/threads?${asked}`, answer: ThreadList, signal }));
}

/** The threads of several pages. One that was read between two fetches is on two of them: it keeps its first place. */
export function onceEach<T extends FollowedThread>(items: readonly T[]): T[] {
  return [...new Map(items.toReversed().map((it) => [it.root.id, it])).values()].toReversed();
}
