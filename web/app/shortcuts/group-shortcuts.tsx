import { lazy, useCallback, useState } from 'react';
import type { GroupClient } from '../../realtime/group-client.ts';
import { requestOfComposer } from '../../ui/composer-requests.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { useGroupShortcuts } from './use-group-shortcuts.ts';

const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((file) => ({ default: file.ShortcutsDialog })),
);

/** The shortcuts of a group's page, and the dialog that lists them. They come after its first frame. */
export function GroupShortcuts({ groupId, client }: { groupId: string; client: GroupClient }) {
  const [isHelpShown, setHelpShown] = useState(false);
  useGroupShortcuts({
    onHelp: useCallback(() => setHelpShown(true), []),
    onEscape: useCallback(() => {
      if (client.getView().divider) client.clearDivider();
      else requestOfComposer({ type: 'newest', groupId, parentId: null });
    }, [client, groupId]),
  });
  if (!isHelpShown) return null;
  return (
    <Late>
      <ShortcutsDialog onClose={() => setHelpShown(false)} />
    </Late>
  );
}
