import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type * as z from 'zod/mini';
import { ThreadList } from '../../protocol/rest.ts';
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

/** A page of the threads of a group that I follow, unread ones first. Rejects as `orThrow` does. */
export function fetchThreads(
  caller: Caller,
  groupId: string,
  { cursor, signal }: { cursor?: string | undefined; signal: AbortSignal },
): Promise<z.infer<typeof ThreadList>> {
  const path = `/api/threads?${new URLSearchParams({ groupId, ...(cursor && { cursor }) })}`;
  return orThrow(request(caller, { path, answer: ThreadList, signal }));
}
