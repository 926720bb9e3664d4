import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Group } from '../../protocol/models.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { firstKeys } from './first-keys.ts';
import { eachEntry, type MyGroups } from './my-groups.ts';
import { replace } from './queries.ts';

/**
 * Updates my groups from the live group that is open: a new name, and what I have read there, show at once and not after the
 * server's answer. A file of its own, because it loads after the first frame of the group.
 */
export function useSyncMyGroups(group: Group | undefined, readSeq?: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!group) return;
    const isBehind = (entry: InboxEntry) =>
      entry.group.id === group.id &&
      (entry.group.rev < group.rev || entry.readSeq !== (readSeq ?? entry.readSeq));
    const list = queries.getQueryData<MyGroups>(firstKeys.myGroups());
    // Each message makes another `group`: to replace the list every time would keep it fresh for ever.
    if (!list?.items.some(isBehind)) return;
    void replace(
      queries,
      firstKeys.myGroups(),
      eachEntry((entry) =>
        isBehind(entry)
          ? {
              ...entry,
              group: entry.group.rev < group.rev ? group : entry.group,
              readSeq: readSeq ?? entry.readSeq,
            }
          : entry,
      ),
    );
  }, [group, readSeq, queries]);
}
