import { useEffect } from 'react';
import type { RoomClient } from '../../realtime/room-view.ts';
import { useWatching } from '../conversation/use-watching.ts';

/** Tells the group when I look at it, look away and leave it. */
export function useAttendance(client: Pick<RoomClient, 'setWatching' | 'leave'>): void {
  const isWatching = useWatching();
  useEffect(() => client.setWatching(isWatching), [client, isWatching]);
  useEffect(() => () => client.leave(), [client]);
}
