import { useInfiniteQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { fetchThreads, onceEach } from './threads.ts';

/** The threads of a group that I follow, `FollowedThread[]`, unread ones first. */
export function useThreads(groupId: string) {
  const session = useSignedIn();
  const query = useInfiniteQuery({
    ...BY_CURSOR,
    queryKey: keys.threads(groupId),
    queryFn: ({ pageParam: cursor, signal }) => fetchThreads(session, groupId, { cursor, signal }),
    select: ({ pages }) => onceEach(pages.flatMap(({ items }) => items)),
  });
  return shownPages(query);
}
