import { type MouseEvent, useCallback } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useConversation } from '../conversation-context.ts';
import { ownLink } from './own-link.ts';

/** Follows links in messages that lead to a group or a message here, within the page: for the clicks of a list. */
export function useOwnLinks(): (event: MouseEvent) => void {
  const { client } = useConversation();
  return useCallback(
    (event: MouseEvent) => {
      const link = ownLink(event);
      if (!link) return;
      event.preventDefault();
      // The same address again is no navigation, but still a wish to be there.
      if (link.path === location.pathname && link.messageId) void client.jumpTo(link.messageId);
      else navigate(link.path);
    },
    [client],
  );
}
