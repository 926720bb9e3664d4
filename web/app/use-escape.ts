import { useEffect } from 'react';
import type { GroupClient } from '../realtime/group-client.ts';
import { requestOfComposer } from '../ui/composer-requests.ts';

/**
 * Escape clears the "New" divider of a group, and without one leads to the newest message, unless something closer to the
 * focus handled it: dialogs and panels do. It works from the first frame on, which shows the divider already.
 */
export function useEscape(client: GroupClient, groupId: string): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { key, target } = event;
      if (key !== 'Escape' || event.defaultPrevented) return;
      if (!(target instanceof Element) || target.closest('[role="dialog"],aside')) return;
      if (client.getView().divider) client.clearDivider();
      else requestOfComposer({ type: 'newest', groupId, parentId: null });
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [client, groupId]);
}
