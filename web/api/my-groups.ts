import { useQuery } from '@tanstack/react-query';
import { type InboxEntry, InboxEntryList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { firstKeys } from './first-keys.ts';
import { orThrow, shown } from './queries.ts';
import { request } from './request.ts';

/** The cached answer to what my groups are. */
export type MyGroups = { items: readonly InboxEntry[] };

/** Changes the entries of my groups, if they are known: what each of them becomes. */
export const eachEntry =
  (change: (entry: InboxEntry) => InboxEntry) =>
  (list: MyGroups | undefined): MyGroups | undefined =>
    list && { ...list, items: list.items.map(change) };

/** The groups I am in, `InboxEntry[]`. `refetchInterval`: how often they are fetched again, ms. */
export function useMyGroups(refetchInterval: number | false = false) {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: firstKeys.myGroups(),
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
