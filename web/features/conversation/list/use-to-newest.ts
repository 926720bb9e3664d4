import { useCallback } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useConversation } from '../conversation-context.ts';

/** Leads to the newest message, from wherever; the address then no longer names another one. */
export function useToNewest(hasAfter: boolean, toEnd: () => void): () => void {
  const { client, groupId, parentId } = useConversation();
  return useCallback(() => {
    if (hasAfter) void client.jumpToNewest(parentId ?? undefined).then(toEnd);
    else toEnd();
    const path = `/g/${groupId}`;
    if (parentId === null && location.pathname !== path) {
      navigate(path + location.search, { replace: true });
    }
  }, [hasAfter, client, groupId, parentId, toEnd]);
}
