import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** What is pinned in a group, the latest pin first, as a `PinList`: the messages, and the people whom they name. */
export function usePins(groupId: string) {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.pins(session.userId, groupId),
    queryFn: ({ signal }) => orThrow(api.pins(session, groupId, signal)),
  });
}
