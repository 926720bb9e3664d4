import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** People whom `query` finds, `User[]`; while the text changes, those of the last one. */
export function useUsers(query: string) {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.users(session.userId, query),
    queryFn: ({ signal }) => orThrow(api.users(session, query, signal)),
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
  });
}
