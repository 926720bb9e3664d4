import { useSyncExternalStore } from 'react';

/** A page that stays open for days checks for new versions this often. */
const LOOK_EVERY_MS = 60 * 60_000;

const listeners = new Set<() => void>();
let isNewVersionReady = false;

/** Registers the service worker, which lets the page open without a network. Some private windows refuse it. */
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

/** Whether a newer version of the page is installed and waits for a reload. */
export function useNewVersionReady(): boolean {
  return useSyncExternalStore(subscribe, () => isNewVersionReady);
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) notifyReady();
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // The first service worker is no newer version.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) notifyReady();
    });
  });
}

function notifyReady(): void {
  isNewVersionReady = true;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
