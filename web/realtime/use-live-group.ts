import { useCallback, useSyncExternalStore } from 'react';
import { useSignedIn } from '../session/use-session.ts';
import { browserClock } from './clock.ts';
import { forgetting } from './forgetting.ts';
import type { GroupClient } from './group-client.ts';
import type { GroupView } from './group-view.ts';
import { LiveGroups } from './live-groups.ts';

const rooms = new LiveGroups(browserClock);
forgetting.watch((userId) => rooms.forget(userId));

/** The group as it is now, and what can be done with it. All components that show a group share one connection. */
export function useLiveGroup(groupId: string): { view: GroupView; client: GroupClient } {
  const session = useSignedIn();
  const subscribe = useCallback(
    (listener: () => void) => rooms.look(session, groupId, listener),
    [session, groupId],
  );
  const view = useSyncExternalStore(subscribe, () => rooms.client(session, groupId).getView());
  return { view, client: rooms.client(session, groupId) };
}
