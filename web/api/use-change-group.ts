import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { GroupChange } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** Changes a group's name, topic or visibility; gives the `Group`. */
export function useChangeGroup(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: GroupChange) => orThrow(api.changeGroup(session, groupId, change)),
    onSuccess: async (group) => {
      queries.setQueryData(keys.group(session.userId, groupId), group);
      await queries.invalidateQueries({ queryKey: keys.groups(session.userId) });
    },
  });
}
