import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

const NO_CURSOR: string | undefined = undefined;

/** Groups that anybody may join and `query` finds, `Group[]`; `fetchNextPage` brings more while `hasNextPage`. */
export function usePublicGroups(query: string) {
  const session = useSignedIn();
  return useInfiniteQuery({
    queryKey: keys.publicGroups(session.userId, query),
    queryFn: ({ pageParam, signal }) =>
      orThrow(api.publicGroups(session, query, pageParam, signal)),
    initialPageParam: NO_CURSOR,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  });
}
