import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** How many threads of a group that I follow have unread replies, as far as the first page of them tells: those come first. */
export function useUnreadThreads(groupId: string) {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.unreadThreads(session.userId, groupId),
    queryFn: ({ signal }) => orThrow(api.threads(session, groupId, undefined, signal)),
    select: ({ items }) => items.filter(({ unread }) => unread > 0).length,
  });
}
