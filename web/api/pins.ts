import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { PinList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { orThrow, renew, shown } from './queries.ts';
import { request } from './request.ts';

/** The pinned messages of a group, the latest pin first, as a `PinList`, with the people whom they name. `renew` fetches it again. */
export function usePins(groupId: string) {
  const session = useSignedIn();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: keys.pins(groupId),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: `/api/groups/${groupId}/pins`, answer: PinList, signal })),
  });
  return {
    ...shown(query),
    renew: useCallback(() => renew(queries, keys.pins(groupId)), [queries, groupId]),
  };
}
