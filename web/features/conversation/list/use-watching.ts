import { useEffect, useSyncExternalStore } from 'react';
import type { GroupClient } from '../../../realtime/group-client.ts';

/** Whether the user looks at the page: it is visible, and its window has the focus. */
export function useWatching(): boolean {
  return useSyncExternalStore(subscribe, isWatching);
}

function isWatching(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('focus', changed);
  window.addEventListener('blur', changed);
  document.addEventListener('visibilitychange', changed);
  return () => {
    window.removeEventListener('focus', changed);
    window.removeEventListener('blur', changed);
    document.removeEventListener('visibilitychange', changed);
  };
}

/** Reports to the group when the user looks at it, looks away and leaves it. */
export function useAttendance(client: Pick<GroupClient, 'setWatching' | 'leave'>): void {
  const isWatching = useWatching();
  useEffect(() => client.setWatching(isWatching), [client, isWatching]);
  useEffect(() => () => client.leave(), [client]);
}
