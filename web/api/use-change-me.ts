import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ProfileChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** Changes what of my profile is kept here (status, handle); gives the `User`. */
export function useChangeMe() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ProfileChange) => orThrow(api.changeMe(session, change)),
    onSuccess: (me) => queries.setQueryData(keys.me(session.userId), me),
  });
}
