import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Group } from '../../protocol/models.ts';
import { type InboxEntry, InboxEntryList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, replace, shown } from './queries.ts';
import { request } from './request.ts';

/** The page shows a group that another person added me to within this time, while it is visible. */
const REFETCH_EVERY_MS = 60_000;

/** The groups I am in, `InboxEntry[]`. */
export function useMyGroups() {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.myGroups(),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: '/api/groups', answer: InboxEntryList, signal })),
    refetchInterval: REFETCH_EVERY_MS,
    select: ({ items }) => items,
  });
  return { ...shown(query), refetch: query.refetch };
}

/** Updates my groups from the live group that is open: a new name shows there at once, not after the next fetch. */
export function useSyncMyGroups(group: Group | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!group) return;
    const isNewer = (entry: InboxEntry) =>
      entry.group.id === group.id && entry.group.rev < group.rev;
    const list = queries.getQueryData<{ items: InboxEntry[] }>(keys.myGroups());
    // Each message makes another `group`: to replace the list every time would keep it fresh for ever.
    if (!list?.items.some(isNewer)) return;
    void replace<{ items: InboxEntry[] }>(queries, keys.myGroups(), (current) => {
      if (!current) return undefined;
      const items = current.items.map((entry) => (isNewer(entry) ? { ...entry, group } : entry));
      return { ...current, items };
    });
  }, [group, queries]);
}
