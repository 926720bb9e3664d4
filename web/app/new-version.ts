import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let isReady = false;

/** Whether a newer version of the page is installed and waits for a reload. */
export function useNewVersionReady(): boolean {
  return useSyncExternalStore(subscribe, () => isReady);
}

/** A newer version of the page is installed. */
export function newVersionIsReady(): void {
  isReady = true;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
