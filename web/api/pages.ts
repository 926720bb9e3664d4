import { type Shown, shown } from './queries.ts';

/** A list of which more can be fetched. */
export interface Pages<T> extends Shown<T> {
  hasMore: boolean;
  isFetchingMore: boolean;
  fetchMore(): Promise<void>;
}

/** The part of TanStack's infinite query that a list needs. */
interface InfiniteQuery<T> {
  data: T | undefined;
  error: Error | null;
  isPending: boolean;
  isFetching: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch(options: { cancelRefetch: boolean }): Promise<unknown>;
  fetchNextPage(options: { cancelRefetch: boolean }): Promise<unknown>;
}

/** Options of an infinite query over pages that carry the cursor of the next one. */
export const BY_CURSOR = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { next?: string | undefined }) => next,
};

/** An infinite query as a list, with its failure as plain data. */
export function shownPages<T>(query: InfiniteQuery<T>): Pages<T> {
  return {
    ...shown(query),
    hasMore: query.hasNextPage,
    isFetchingMore: query.isFetchingNextPage,
    async fetchMore() {
      // A page that is fetched meanwhile would cancel the refetch of those before it.
      if (query.isFetching) await query.refetch({ cancelRefetch: false });
      await query.fetchNextPage({ cancelRefetch: false });
    },
  };
}
