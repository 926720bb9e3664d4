import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, shown } from './queries.ts';
import { request } from './request.ts';

/**
 * People whose name or handle begins with `query`, `User[]`; while they are fetched (`isFetching`), those of the previous
 * text.
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
  return { ...shown(users), isFetching: users.isFetching };
}
