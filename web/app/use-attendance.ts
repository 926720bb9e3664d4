import { useEffect } from 'react';
import { useWatching } from '../features/conversation/list/use-watching.ts';
import type { GroupClient } from '../realtime/group-client.ts';

/** Tells the group when I look at it, look away and leave it. */
export function useAttendance(client: Pick<GroupClient, 'setWatching' | 'leave'>): void {
  const isWatching = useWatching();
  useEffect(() => client.setWatching(isWatching), [client, isWatching]);
  useEffect(() => () => client.leave(), [client]);
}
