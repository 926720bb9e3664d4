import { useCallback, useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { onComposerRequest } from '../../../ui/composer-requests.ts';
import { useConversation } from '../conversation-context.ts';
import { permitted } from '../permitted.ts';
import type { TimelineItem } from './timeline-items.ts';

/** What the composer of a list, or the page around it, can ask it for. */
export interface ListRequests {
  items: readonly TimelineItem[];
  /** An older place is shown: my last message may be elsewhere. */
  hasAfter: boolean;
  edit(id: string): void;
  toNewest(): void;
}

/** Answers what is asked of this list: to edit my last message, or to go to the newest. */
export function useListRequests({ items, hasAfter, edit, toNewest }: ListRequests): void {
  const conversation = useConversation();
  useEffect(() => {
    const { groupId, parentId, me } = conversation;
    return onComposerRequest((request) => {
      if (request.groupId !== groupId || request.parentId !== parentId) return;
      if (request.type === 'newest') toNewest();
      if (request.type !== 'edit_last' || hasAfter) return;
      const last = items.findLast((item) => isMine(item, me));
      if (last?.type !== 'message' || last.row.state !== 'sent') return;
      if (permitted(last.row.message, conversation).edit) edit(last.key);
    });
  }, [items, hasAfter, edit, toNewest, conversation]);
}

function isMine(item: TimelineItem, me: string): boolean {
  return item.type === 'message' && item.row.state === 'sent' && item.row.message.userId === me;
}

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
