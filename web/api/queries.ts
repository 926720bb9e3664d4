import { onlineManager, QueryClient, type QueryKey } from '@tanstack/react-query';
import type { Failure, Result } from '../../protocol/errors.ts';

/** Other users change lists, too: data older than this is fetched again when it is shown or the page becomes visible. */
const FRESH_FOR_MS = 10_000;

/** The part of a query that components show. */
export interface Shown<T> {
  data: T | undefined;
  /** Why the last fetch failed; the data of an earlier one stays. */
  failure: Failure | undefined;
  /** There is neither data nor a failure yet. */
  isPending: boolean;
}

/** How a query reports an expected failure: TanStack Query knows failures as thrown errors only. */
class RequestFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail);
    this.name = 'RequestFailed';
    this.failure = failure;
  }
}

/** A cache of what REST answers. Each session has its own: nothing of one user is shown to the next. */
export function createQueryClient(): QueryClient {
  // The library takes a page for online until the browser reports a change.
  onlineManager.setOnline(navigator.onLine);
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_FOR_MS,
        // The request has retried already. Without a network its failure is no news: the query waits, and is fetched again.
        retry: () => !onlineManager.isOnline(),
        throwOnError: (error) => !(error instanceof RequestFailed),
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** The value of a result, for a `queryFn`. Throws the failure in a form that `shown` reads. */
export async function orThrow<T>(result: Promise<Result<T>>): Promise<T> {
  const outcome = await result;
  if (outcome.ok) return outcome.value;
  throw new RequestFailed(outcome.failure);
}

/** A query with its failure as plain data. */
export function shown<T>(query: {
  data: T | undefined;
  error: Error | null;
  isPending: boolean;
}): Shown<T> {
  const { data, error, isPending } = query;
  return { data, failure: error instanceof RequestFailed ? error.failure : undefined, isPending };
}

/**
 * Marks a query and all below it as stale, and fetches those that are shown; resolves when they are answered. A fetch in
 * flight is cancelled: its answer may be older than the change that makes the data stale.
 */
export async function renew(queries: QueryClient, queryKey: QueryKey): Promise<void> {
  await queries.cancelQueries({ queryKey });
  await queries.invalidateQueries({ queryKey });
}

/**
 * Replaces the data of one query by newer data; `undefined` leaves it. A fetch in flight is cancelled, because its answer
 * would overwrite the newer data. Returns whether one was.
 */
export async function overwrite<T>(
  queries: QueryClient,
  queryKey: QueryKey,
  change: (data: T | undefined) => T | undefined,
): Promise<boolean> {
  const query = { queryKey, exact: true };
  const wasFetching = queries.isFetching(query) > 0;
  await queries.cancelQueries(query);
  queries.setQueryData<T>(queryKey, change);
  return wasFetching;
}

/** The same, and a fetch that was cancelled is sent again for the rest of what it asks. */
export async function replace<T>(
  queries: QueryClient,
  queryKey: QueryKey,
  change: (data: T | undefined) => T | undefined,
): Promise<void> {
  const wasFetching = await overwrite(queries, queryKey, change);
  if (wasFetching) await queries.invalidateQueries({ queryKey, exact: true });
}
