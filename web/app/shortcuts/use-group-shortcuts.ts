import { useEffect } from 'react';

/** These move over the messages. */
const STEPS: ReadonlySet<string> = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

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
      else if (STEPS.has(key) && target === document.body) intoTimeline(key);
      else if (key === 'Escape' && !target.closest('aside')) onEscape();
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onEscape, onHelp]);
}

/** Nothing has the focus: the list of messages takes it, and the key. */
function intoTimeline(key: string): void {
  const timeline = document.querySelector<HTMLElement>('main [role="log"]');
  timeline?.focus({ preventScroll: true });
  timeline?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function isField(target: Element): boolean {
  return target.matches('input, textarea, select, [contenteditable]');
}
