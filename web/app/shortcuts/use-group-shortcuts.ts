import { useEffect } from 'react';
import { latinKey } from '../../ui/latin-key.ts';

/** The keys that move through the messages. */
const STEPS: ReadonlySet<string> = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

/** The actions behind the shortcuts of a group's page. */
export interface GroupShortcuts {
  /** Escape, if no component closer to the focus handled it. */
  onEscape: () => void;
  /** `?` */
  onHelp: () => void;
}

/** Handles the shortcuts that work wherever the focus is, except in a panel, which handles Escape itself. */
export function useGroupShortcuts({ onEscape, onHelp }: GroupShortcuts): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { target } = event;
      const key = latinKey(event);
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

/** Moves the focus from the body to the list of messages, which then handles the key. */
function intoTimeline(key: string): void {
  const timeline = document.querySelector<HTMLElement>('main [role="log"]');
  timeline?.focus({ preventScroll: true });
  timeline?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function isField(target: Element): boolean {
  return target.matches('input, textarea, select, [contenteditable]');
}
