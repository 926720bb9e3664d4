import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { User } from '../../protocol/models.ts';
import { GroupList, UserList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { orThrow, shown } from './queries.ts';
import { request } from './request.ts';

/**
 * People whose name or handle begins with `query`, `User[]`; those of the previous text (`isPrevious`) while they are fetched
 * for the first time. `isFetching`: they are fetched, perhaps again.
 */
export function useUsers(query: string) {
  const session = useSignedIn();
  const users = useQuery({
    queryKey: keys.users(query),
    queryFn: ({ signal }) => {
      const path = `/api/users?${new URLSearchParams({ query })}`;
      return orThrow(request(session, { path, answer: UserList, signal }));
    },
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
  });
  const { isFetching, isPlaceholderData } = users;
  return { ...shown(users), isFetching, isPrevious: isPlaceholderData };
}

/** The same people as a list of pages, `User[]`. */
export function usePeople(query: string) {
  const session = useSignedIn();
  const pages = useInfiniteQuery({
    ...BY_CURSOR,
    queryKey: keys.people(query),
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = new URLSearchParams({ query, ...(cursor && { cursor }) });
      return orThrow(request(session, { path: `/api/users?${asked}`, answer: UserList, signal }));
    },
    select: ({ pages: list }) => list.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  });
  return shownPages(pages);
}

/** One person. Fails with `not_found` for someone whom a guest may not see. */
export function useUser(userId: string) {
  const session = useSignedIn();
  const user = useQuery({
    queryKey: keys.user(userId),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: `/api/users/${userId}`, answer: User, signal })),
  });
  return shown(user);
}

/** The groups that someone and I are both in, `Group[]`. */
export function useSharedGroups(userId: string) {
  const session = useSignedIn();
  const groups = useQuery({
    queryKey: keys.sharedGroups(userId),
    queryFn: ({ signal }) => {
      const path = `/api/users/${userId}/groups`;
      return orThrow(request(session, { path, answer: GroupList, signal }));
    },
    select: ({ items }) => items,
  });
  return shown(groups);
}
