import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** Everyone who reacted to a message, `Reaction[]`; asked for while `enabled`. */
export function useReactions(groupId: string, messageId: string, { enabled = true } = {}) {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.reactions(session.userId, groupId, messageId),
    queryFn: ({ signal }) => orThrow(api.reactions(session, groupId, messageId, signal)),
    enabled,
    staleTime: 0,
    select: ({ items }) => items,
  });
}
