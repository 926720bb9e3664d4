import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Group } from '../../protocol/models.ts';
import { type InboxEntry, InboxEntryList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, replace, shown } from './queries.ts';
import { request } from './request.ts';

/** The groups I am in, `InboxEntry[]`. `refetchInterval`: how often they are fetched again, ms. */
export function useMyGroups(refetchInterval: number | false = false) {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.myGroups(),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: '/api/groups', answer: InboxEntryList, signal })),
    refetchInterval,
    select: unread,
  });
  return { ...shown(query), refetch: query.refetch };
}

/** The server counts what it does not know to be read: nothing is unread up to my cursor here, which is ahead of its own. */
function unread({ items }: { items: readonly InboxEntry[] }): InboxEntry[] {
  return items.map((entry) =>
    entry.last && entry.last.seq <= entry.readSeq ? { ...entry, unread: 0, mentions: 0 } : entry,
  );
}

/**
 * Updates my groups from the live group that is open: a new name, and what I have read there, show at once and not after the
 * server's answer.
 */
export function useSyncMyGroups(group: Group | undefined, readSeq?: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!group) return;
    const isBehind = (entry: InboxEntry) =>
      entry.group.id === group.id &&
      (entry.group.rev < group.rev || entry.readSeq !== (readSeq ?? entry.readSeq));
    const list = queries.getQueryData<{ items: InboxEntry[] }>(keys.myGroups());
    // Each message makes another `group`: to replace the list every time would keep it fresh for ever.
    if (!list?.items.some(isBehind)) return;
    void replace<{ items: InboxEntry[] }>(queries, keys.myGroups(), (current) => {
      if (!current) return undefined;
      const items = current.items.map((entry) =>
        isBehind(entry)
          ? {
              ...entry,
              group: entry.group.rev < group.rev ? group : entry.group,
              readSeq: readSeq ?? entry.readSeq,
            }
          : entry,
      );
      return { ...current, items };
    });
  }, [group, readSeq, queries]);
}
