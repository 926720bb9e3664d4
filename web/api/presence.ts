import { type QueryClient, skipToken, useQuery } from '@tanstack/react-query';
import type { PresenceState } from '../../protocol/models.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { applyToGroups } from '../realtime/inbox/apply-to-groups.ts';
import { keys } from './keys.ts';

type Known = Readonly<Record<string, PresenceState>>;
type ReceivedEvent = Parameters<typeof applyToGroups>[1];

/** How someone is, as my own socket says: me, or someone with whom I have a direct group. Undefined where it is not known. */
export function useKnownPresence(userId: string): PresenceState | undefined {
  return useQuery({
    queryKey: keys.presence(),
    queryFn: skipToken,
    select: (known: Known) => known[userId],
  }).data;
}

/** Applies an event of my own socket to what is known. */
export function applyToPresence(queries: QueryClient, event: ReceivedEvent): void {
  const known = queries.getQueryData<Known>(keys.presence()) ?? {};
  if (event.type === 'presence_update') {
    queries.setQueryData<Known>(keys.presence(), { ...known, [event.userId]: event.state });
  } else if (event.type === 'inbox_state') {
    queries.setQueryData<Known>(keys.presence(), knownIn(event.groups));
  } else if (event.type === 'inbox_update' && event.entry.presence === null) {
    const mine = queries.getQueryData<{ items: InboxEntry[] }>(keys.myGroups())?.items ?? [];
    const ended = mine.find(({ group }) => group.id === event.entry.groupId)?.people?.[0]?.id;
    const others = Object.entries(known).filter(([userId]) => userId !== ended);
    queries.setQueryData<Known>(keys.presence(), Object.fromEntries(others));
  }
}

/** Without my own socket nothing is known. */
export function forgetPresence(queries: QueryClient): void {
  // It does not arrive again while nothing shows it.
  queries.setQueryDefaults(keys.presence(), { gcTime: Number.POSITIVE_INFINITY });
  queries.setQueryData<Known>(keys.presence(), {});
}

function knownIn(groups: readonly InboxEntry[]): Known {
  return Object.fromEntries(
    groups.flatMap(({ people = [], presence }) => {
      const [other] = people;
      return other && presence ? [[other.id, presence]] : [];
    }),
  );
}
