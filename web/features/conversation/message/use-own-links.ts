import type { MouseEvent } from 'react';
import { useCallback } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useConversation } from '../conversation-context.ts';

/** A click handler for a list: follows links to a group or a message of this server without loading the page. */
export function useOwnLinks(): (event: MouseEvent) => void {
  const { client } = useConversation();
  return useCallback(
    (event: MouseEvent) => {
      const link = ownLink(event);
      if (!link) return;
      event.preventDefault();
      // The same address again is no navigation, but must scroll to the message.
      if (link.path === location.pathname && link.messageId) void client.jumpTo(link.messageId);
      else navigate(link.path);
    },
    [client],
  );
}

const PLACE = /^\/g\/([0-9a-f-]{36})(?:\/m\/([0-9a-f-]{36}))?$/;

/** The group, or the message in it, that a link leads to. */
export interface OwnLink {
  path: string;
  groupId: string;
  messageId: string | undefined;
}

/** The clicked link, if it leads to a group or a message here; undefined for one that opens in another tab or window. */
function ownLink(event: MouseEvent): OwnLink | undefined {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return undefined;
  const link = target instanceof Element ? target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return undefined;
  const [, groupId, messageId] = PLACE.exec(link.pathname) ?? [];
  return groupId === undefined ? undefined : { path: link.pathname, groupId, messageId };
}
