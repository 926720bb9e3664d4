import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** Leaves a group, named by its id. Fails with `conflict` for its last owner. */
export function useLeaveGroup() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (groupId: string) => orThrow(api.leaveGroup(session, groupId)),
    onSuccess: async (_, groupId) => {
      queries.removeQueries({ queryKey: keys.group(session.userId, groupId) });
      await queries.invalidateQueries({ queryKey: keys.groups(session.userId) });
    },
  });
}
