import { useQueryClient } from '@tanstack/react-query';
import { FavouriteList } from '../../protocol/favourites.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { replace } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';

type Groups = { items: readonly InboxEntry[] };

/** A favourite to make, or to move, before another or to the end; or with `isRemoved` one to end. */
export interface FavouriteMove {
  groupId: string;
  before?: string | undefined;
  isRemoved?: boolean;
}

/**
 * Changes my favourites on all of my devices. The change shows at once, and is taken back if the server does not accept it;
 * several are sent one after the other.
 */
export function useFavourites() {
  const session = useSignedIn();
  const queries = useQueryClient();
  const show = (order: readonly string[]) =>
    replace<Groups>(queries, keys.myGroups(), (list) => {
      const items = list?.items.map((entry) => placed(entry, order));
      return items && { ...list, items };
    });
  const { run, failure } = useChange(
    async ({ groupId, before, isRemoved, earlier }: FavouriteMove & { earlier: string[] }) => {
      const outcome = await request(session, {
        method: isRemoved ? 'DELETE' : 'PUT',
        path: `/api/groups/${groupId}/favourite`,
        ...(!isRemoved && { body: { before } }),
        answer: FavouriteList,
      });
      if (!outcome.ok) await show(earlier);
      return outcome;
    },
    'favourites',
  );
  return {
    failure,
    move(move: FavouriteMove): void {
      const list = queries.getQueryData<Groups>(keys.myGroups());
      const earlier = favouritesOf(list?.items ?? []).map(({ group }) => group.id);
      void show(orderAfter(earlier, move));
      void run({ ...move, earlier });
    },
  };
}

/** My favourites in their order. */
export function favouritesOf(entries: readonly InboxEntry[]): InboxEntry[] {
  return entries
    .filter(({ favourite }) => favourite !== undefined)
    .sort((a, b) => (a.favourite ?? 0) - (b.favourite ?? 0));
}

/** The ids of favourites after a move, as the server decides it. */
export function orderAfter(
  order: readonly string[],
  { groupId, before, isRemoved = false }: FavouriteMove,
): string[] {
  const others = order.filter((id) => id !== groupId);
  if (isRemoved) return others;
  const at = before === undefined ? -1 : others.indexOf(before);
  return others.toSpliced(at === -1 ? others.length : at, 0, groupId);
}

function placed(entry: InboxEntry, order: readonly string[]): InboxEntry {
  const at = order.indexOf(entry.group.id);
  return { ...entry, favourite: at === -1 ? undefined : at };
}
