import { useInfiniteQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { fetchThreads } from './threads.ts';

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
