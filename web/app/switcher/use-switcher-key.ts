import { useEffect } from 'react';
import { latinKey } from '../../ui/latin-key.ts';
import { isOverlayOpen } from '../../ui/overlays/is-overlay-open.ts';

/** Calls `onSwitch` for Ctrl+K or Cmd+K, unless a dialog or a menu is open. */
export function useSwitcherKey(onSwitch: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey === event.metaKey) return;
      if (event.altKey || event.shiftKey || latinKey(event) !== 'k') return;
      // Some browsers would go to their own search field.
      event.preventDefault();
      if (!isOverlayOpen()) onSwitch();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onSwitch]);
}
