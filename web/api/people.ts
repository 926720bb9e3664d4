import { useQuery } from '@tanstack/react-query';
import type { Result } from '../../protocol/errors.ts';
import { User } from '../../protocol/models.ts';
import { UserList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { firstKeys } from './first-keys.ts';
import { orThrow, shown } from './queries.ts';
import { type Caller, request } from './request.ts';

/** My own profile, a `User`. */
export function useMe() {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: firstKeys.me(),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: '/api/users/me', answer: User, signal })),
  });
  return shown(query);
}

/** The people with these ids, at most 100. Fails as `request` does. */
export function fetchUsers(
  caller: Caller,
  ids: readonly string[],
): Promise<Result<{ items: User[] }>> {
  const path = `/api/users?${new URLSearchParams({ ids: ids.join(',') })}`;
  return request(caller, { path, answer: UserList });
}
