import { useQuery } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** My own profile, a `User`. */
export function useMe() {
  const session = useSignedIn();
  return useQuery({
    queryKey: keys.me(session.userId),
    queryFn: ({ signal }) => orThrow(api.me(session, signal)),
  });
}
