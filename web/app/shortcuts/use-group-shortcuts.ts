import { useEffect } from 'react';
import { latinKey } from '../../ui/latin-key.ts';

/** The keys that move through the messages. */
const STEPS: ReadonlySet<string> = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

/** Handles the keys of a group's page that work wherever the focus is, but Escape (`use-escape.ts`). `onHelp` is for `?`. */
export function useGroupShortcuts(onHelp: () => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { target } = event;
      const key = latinKey(event);
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!(target instanceof Element) || target.closest('[role="dialog"]')) return;
      if (key === '?' && !isField(target)) onHelp();
      else if (STEPS.has(key) && target === document.body) intoTimeline(key);
      else return;
      event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onHelp]);
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
