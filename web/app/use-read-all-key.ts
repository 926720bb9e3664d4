import { useEffect } from 'react';
import { isOverlayOpen } from '../ui/overlays/is-overlay-open.ts';

/** Calls `onReadAll` for Shift+Escape, unless a dialog or a menu is open. */
export function useReadAllKey(onReadAll: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || !event.shiftKey || event.isComposing || isOverlayOpen()) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      // Whatever has the focus would take it for Escape.
      event.stopPropagation();
      event.preventDefault();
      onReadAll();
    }
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [onReadAll]);
}
