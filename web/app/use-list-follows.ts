import { useEffect } from 'react';
import type { Group } from '../../protocol/models.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { answers } from '../api/answers.ts';
import { keys } from '../api/keys.ts';
import { useSignedIn } from '../session/use-signed-in.ts';

/** The list shows a group as its open timeline does: a new name reaches it with the event, not when it is next asked for. */
export function useListFollows(group: Group | undefined): void {
  const { userId } = useSignedIn();
  useEffect(() => {
    if (!group) return;
    // Every message gives another `group`: setting the list each time would make it new, and never be asked for again.
    answers.update<{ items: InboxEntry[] }>(keys.myGroups(userId), (list) => {
      const listed = list?.items.find((entry) => entry.group.id === group.id);
      if (!list || !listed || listed.group.rev >= group.rev) return list;
      const items = list.items.map((entry) => (entry === listed ? { ...entry, group } : entry));
      return { ...list, items };
    });
  }, [group, userId]);
}
