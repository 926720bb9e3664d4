import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** One group, for its members and, if it is public, for everybody. Fails with `not_found` otherwise. */
export function useGroup(groupId: string) {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.group(session.userId, groupId),
    queryFn: ({ signal }) => orThrow(api.group(session, groupId, signal)),
  });
}
