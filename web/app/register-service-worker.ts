import { newVersionIsReady } from './new-version.ts';

/** A page that stays open for days checks for new versions this often. */
const LOOK_EVERY_MS = 60 * 60_000;

let isRegistered = false;

/**
 * Registers the service worker, which lets the page open without a network, once for each load of the page. Late, because it
 * stores all files of the page: the page's own come first. Some private windows refuse it.
 */
export async function registerServiceWorker(): Promise<void> {
  // Only a built page can be stored.
  if (!import.meta.env.PROD || isRegistered || !('serviceWorker' in navigator)) return;
  isRegistered = true;
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
  }
  try {
    const registration = await navigator.serviceWorker.register('/sw.js');
    watch(registration);
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  } catch (error) {
    console.warn('The page cannot be kept for use without a network:', error);
  }
}

function watch(registration: ServiceWorkerRegistration): void {
  if (registration.waiting) newVersionIsReady();
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // The first service worker is no newer version.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) {
        newVersionIsReady();
      }
    });
  });
}
