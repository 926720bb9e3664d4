import { useQueryClient } from '@tanstack/react-query';
import { FavouriteList } from '../../protocol/favourites.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { eachEntry, type MyGroups } from './my-groups.ts';
import { request } from './request.ts';
import { showEarly } from './show-early.ts';
import { useChange } from './use-change.ts';

/** A favourite to make, or to move, before another or to the end; or with `isRemoved` one to end. */
export interface FavouriteMove {
  groupId: string;
  before?: string | undefined;
  isRemoved?: boolean;
}

/** A move that the list shows already. */
interface ShownMove extends FavouriteMove {
  earlier: readonly string[];
  answered: ReturnType<typeof showEarly<MyGroups>>;
}

/**
 * Changes my favourites on all of my devices. The change shows at once, and is taken back if the server does not accept it;
 * several are sent one after the other.
 */
export function useFavourites() {
  const session = useSignedIn();
  const queries = useQueryClient();
  const shown = (order: readonly string[]) => eachEntry((entry) => placed(entry, order));
  const { run, failure } = useChange(
    async ({ groupId, before, isRemoved, answered, earlier }: ShownMove) => {
      const outcome = await request(session, {
        method: isRemoved ? 'DELETE' : 'PUT',
        path: `/api/groups/${groupId}/favourite`,
        ...(!isRemoved && { body: { before } }),
        answer: FavouriteList,
      });
      await answered(outcome.ok ? undefined : shown(earlier));
      return outcome;
    },
    'favourites',
  );
  return {
    failure,
    move(move: FavouriteMove): void {
      const list = queries.getQueryData<MyGroups>(keys.myGroups());
      const earlier = favouritesOf(list?.items ?? []).map(({ group }) => group.id);
      const order = orderAfter(earlier, move);
      const answered = showEarly(queries, keys.myGroups(), shown(order));
      void run({ ...move, earlier, answered });
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
