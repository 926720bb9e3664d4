import { useSyncExternalStore } from 'react';

/** Whether somebody looks at the page: it is visible, and its window has the focus. */
export function useWatching(): boolean {
  return useSyncExternalStore(subscribe, isWatching);
}

function isWatching(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('focus', changed);
  window.addEventListener('blur', changed);
  document.addEventListener('visibilitychange', changed);
  return () => {
    window.removeEventListener('focus', changed);
    window.removeEventListener('blur', changed);
    document.removeEventListener('visibilitychange', changed);
  };
}
