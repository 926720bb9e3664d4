import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { overwrite } from './queries.ts';

/** The changes of a query's data that are shown and not answered yet. */
interface Early {
  open: number;
  /** A fetch was cancelled for one of them. */
  isOwed: boolean;
}

const earlyOf = new WeakMap<Query, Early>();

type Change<T> = (data: T | undefined) => T | undefined;

/**
 * Shows a change of a query's data before the server has made it; `undefined` leaves the data. Call the returned function
 * with the server's answer: with nothing if it made the change, else with what takes the change back. What is being fetched
 * meanwhile is cancelled, because it may be answered as it was before the change, and is fetched again after the last one.
 */
export function showEarly<T>(
  queries: QueryClient,
  queryKey: QueryKey,
  change: Change<T>,
): (takeBack?: Change<T>) => Promise<void> {
  const only = { queryKey, exact: true };
  const query = queries.getQueryCache().find(only);
  if (!query) return async () => undefined;
  const early = earlyOf.get(query) ?? { open: 0, isOwed: false };
  earlyOf.set(query, early);
  early.open += 1;

  async function show(now: Change<T>): Promise<void> {
    const wasFetching = await overwrite(queries, queryKey, now);
    early.isOwed ||= wasFetching;
  }

  const shown = show(change);
  return async (takeBack = () => undefined) => {
    await shown;
    await show(takeBack);
    early.open -= 1;
    if (early.open > 0 || !early.isOwed) return;
    early.isOwed = false;
    void queries.invalidateQueries(only);
  };
}
