import { useEffect } from 'react';

/** What the keys of a group's page lead to. */
export interface GroupShortcuts {
  /** Esc, where nothing nearer took it. */
  onEscape: () => void;
  /** `?` */
  onHelp: () => void;
}

/** Hears the keys that mean something wherever the focus is, except in a panel, which has its own Esc. */
export function useGroupShortcuts({ onEscape, onHelp }: GroupShortcuts): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { key, target } = event;
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!(target instanceof Element) || target.closest('[role="dialog"]')) return;
      if (key === '?' && !isField(target)) onHelp();
      else if (key === 'Escape' && !target.closest('aside')) onEscape();
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onEscape, onHelp]);
}

function isField(target: Element): boolean {
  return target.matches('input, textarea, select, [contenteditable]');
}
