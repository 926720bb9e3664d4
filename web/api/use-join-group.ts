import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** Joins a public group, named by its id; gives the `Group`. */
export function useJoinGroup() {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (groupId: string) => orThrow(api.joinGroup(session, groupId)),
    onSuccess: async (group) => {
      queries.setQueryData(keys.group(session.userId, group.id), group);
      await queries.invalidateQueries({ queryKey: keys.groups(session.userId) });
    },
  });
}
