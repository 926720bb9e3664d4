import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { NewGroup } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { orThrow } from './request-failed.ts';

/** Makes a group; gives the `Group`. The same form sent again after a lost answer makes no second one. */
export function useCreateGroup() {
  const session = useSignedIn();
  const queries = useQueryClient();
  const attempt = useRef<{ body: string; key: string }>(undefined);
  return useMutation({
    mutationFn: (group: NewGroup) => {
      const body = JSON.stringify(group);
      if (attempt.current?.body !== body) attempt.current = { body, key: uuidv7() };
      return orThrow(api.createGroup(session, group, attempt.current.key));
    },
    onSuccess: async (group) => {
      attempt.current = undefined;
      queries.setQueryData(keys.group(session.userId, group.id), group);
      await queries.invalidateQueries({ queryKey: keys.groups(session.userId) });
    },
  });
}
