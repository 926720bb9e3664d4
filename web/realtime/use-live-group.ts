import { useCallback, useSyncExternalStore } from 'react';
import { useSignedIn } from '../session/use-session.ts';
import { browserClock } from './clock.ts';
import { forgetting } from './forgetting.ts';
import type { GroupClient } from './group-client.ts';
import type { GroupView } from './group-view.ts';
import { LiveGroups } from './live-groups.ts';

const liveGroups = new LiveGroups(browserClock);
forgetting.watch((userId) => liveGroups.forget(userId));

/** The group's current view, and the client that changes it. All components share one connection per group. */
export function useLiveGroup(groupId: string): { view: GroupView; client: GroupClient } {
  const session = useSignedIn();
  const subscribe = useCallback(
    (listener: () => void) => liveGroups.watch(session, groupId, listener),
    [session, groupId],
  );
  const view = useSyncExternalStore(subscribe, () => liveGroups.client(session, groupId).getView());
  return { view, client: liveGroups.client(session, groupId) };
}
