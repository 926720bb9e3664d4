import { useSyncExternalStore } from 'react';

/** Whoever leaves the page open for days hears of new versions all the same. */
const LOOK_EVERY_MS = 60 * 60_000;

const listeners = new Set<() => void>();
let isNewVersionReady = false;

/** Lets the page open without a network from now on. Where the browser refuses (some private windows), it needs one. */
export async function registerServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    const registration = await navigator.serviceWorker.register('/sw.js');
    watch(registration);
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  } catch (error) {
    console.warn('The page cannot be kept for use without a network:', error);
  }
}

/** Whether a newer version of the page was fetched and waits for a reload. */
export function useNewVersionReady(): boolean {
  return useSyncExternalStore(subscribe, () => isNewVersionReady);
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) tellReady();
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // The first one of all is no newer version of anything.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) tellReady();
    });
  });
}

function tellReady(): void {
  isNewVersionReady = true;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
