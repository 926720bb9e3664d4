import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Group } from '../../protocol/models.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { keys } from '../api/keys.ts';
import { useSignedIn } from '../session/use-signed-in.ts';

/** The list shows a group as its open timeline does: a new name reaches it with the event, not when it is next asked for. */
export function useListFollows(group: Group | undefined): void {
  const queries = useQueryClient();
  const { userId } = useSignedIn();
  useEffect(() => {
    const key = keys.myGroups(userId);
    const list = queries.getQueryData<{ items: InboxEntry[] }>(key);
    const listed = list?.items.find((entry) => entry.group.id === group?.id);
    // Every message gives another `group`: setting the list each time would make it new, and never be asked for again.
    if (!group || !list || !listed || listed.group.rev >= group.rev) return;
    const items = list.items.map((entry) => (entry === listed ? { ...entry, group } : entry));
    queries.setQueryData(key, { ...list, items });
  }, [group, queries, userId]);
}
