import { useInfiniteQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

const NO_CURSOR: string | undefined = undefined;

/**
 * The threads of a group that I follow, `FollowedThread[]`, unread ones first; `fetchNextPage` brings more while
 * `hasNextPage`.
 */
export function useThreads(groupId: string) {
  const session = useSignedIn();
  return useInfiniteQuery({
    queryKey: keys.threads(session.userId, groupId),
    queryFn: ({ pageParam, signal }) => orThrow(api.threads(session, groupId, pageParam, signal)),
    initialPageParam: NO_CURSOR,
    getNextPageParam: ({ next }) => next,
    // What is unread may have changed the order between two pages: a thread on both stands where it came first.
    select: ({ pages }) => {
      const items = pages.flatMap((page) => page.items);
      return [...new Map(items.toReversed().map((it) => [it.root.id, it])).values()].toReversed();
    },
  });
}
