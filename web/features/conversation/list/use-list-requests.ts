import { useCallback, useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { onComposerRequest } from '../../../ui/composer-requests.ts';
import { useConversation } from '../conversation-context.ts';
import type { TimelineItem } from './timeline-items.ts';

/** The list, as the requests of its composer and of the page need it. */
export interface ListRequests {
  items: readonly TimelineItem[];
  /** Newer messages are not loaded: my last message may be among them. */
  hasAfter: boolean;
  edit(id: string): void;
  toNewest(): void;
}

/** Handles the requests to this list: edit my last message, or scroll to the newest. */
export function useListRequests({ items, hasAfter, edit, toNewest }: ListRequests): void {
  const conversation = useConversation();
  useEffect(() => {
    const { groupId, parentId } = conversation;
    return onComposerRequest((request) => {
      if (request.groupId !== groupId || request.parentId !== parentId) return;
      if (request.type === 'newest') toNewest();
      if (request.type !== 'edit_last' || hasAfter) return;
      void import('./edit-last.ts').then(({ lastOfMine }) => {
        const last = lastOfMine(items, conversation);
        if (last !== undefined) edit(last);
      });
    });
  }, [items, hasAfter, edit, toNewest, conversation]);
}

/** Returns a function that scrolls to the newest message, loads it if needed, and removes the message from the address. */
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
