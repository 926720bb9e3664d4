import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Result } from '../../protocol/errors.ts';
import { User } from '../../protocol/models.ts';
import { UserList } from '../../protocol/rest.ts';
import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, replace, shown } from './queries.ts';
import { type Caller, request } from './request.ts';
import { useChange } from './use-change.ts';

/** My own profile, a `User`. */
export function useMe() {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.me(),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: '/api/users/me', answer: User, signal })),
  });
  return shown(query);
}

/** Changes the part of my profile that Edgewise stores (status, handle); returns the `User`. */
export function useChangeMe() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useChange(async (body: ProfileChange) => {
    const path = '/api/users/me';
    const outcome = await request(session, { method: 'PATCH', path, body, answer: User });
    if (outcome.ok) await replace<User>(queries, keys.me(), () => outcome.value);
    return outcome;
  });
}

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

/** The people with these ids, at most 100. Fails as `request` does. */
export function fetchUsers(
  caller: Caller,
  ids: readonly string[],
): Promise<Result<{ items: User[] }>> {
  const path = `/api/users?${new URLSearchParams({ ids: ids.join(',') })}`;
  return request(caller, { path, answer: UserList });
}
