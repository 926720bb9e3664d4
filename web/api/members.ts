import { useQuery } from '@tanstack/react-query';
import { MemberList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, shown } from './queries.ts';
import { request } from './request.ts';

/** The current members of a group that I am in, `Member[]`, in the order they joined; fetched while `enabled`. */
export function useMembers(groupId: string, { enabled = true } = {}) {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.members(groupId),
    queryFn: ({ signal }) => {
      const path = `/api/groups/${groupId}/members`;
      return orThrow(request(session, { path, answer: MemberList, signal }));
    },
    select: ({ items }) => items,
    enabled,
  });
  return shown(query);
}
