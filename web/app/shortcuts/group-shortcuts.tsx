import { lazy, useCallback, useState } from 'react';
import { Late } from '../../ui/overlays/late.tsx';
import { useGroupShortcuts } from './use-group-shortcuts.ts';

const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((file) => ({ default: file.ShortcutsDialog })),
);

/** The shortcuts of a group's page, and the dialog that lists them. They come after its first frame. */
export function GroupShortcuts() {
  const [isHelpShown, setHelpShown] = useState(false);
  useGroupShortcuts(useCallback(() => setHelpShown(true), []));
  if (!isHelpShown) return null;
  return (
    <Late>
      <ShortcutsDialog onClose={() => setHelpShown(false)} />
    </Late>
  );
}
