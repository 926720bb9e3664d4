import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** The current members of a group that I am in, `Member[]`, in the order they joined; asked for while `enabled`. */
export function useMembers(groupId: string, { enabled = true } = {}) {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.members(session.userId, groupId),
    queryFn: ({ signal }) => orThrow(api.members(session, groupId, signal)),
    enabled,
    select: ({ items }) => items,
  });
}
