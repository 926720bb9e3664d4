import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** A group that somebody else put me in shows within this, while the page is looked at. */
const ASK_EVERY_MS = 60_000;

/** The groups I am in, `InboxEntry[]`. */
export function useMyGroups() {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.myGroups(session.userId),
    queryFn: ({ signal }) => orThrow(api.myGroups(session, signal)),
    select: ({ items }) => items,
    refetchInterval: ASK_EVERY_MS,
  });
}
