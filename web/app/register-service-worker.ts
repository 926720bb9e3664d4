/** A page that stays open for days checks for new versions this often. */
const LOOK_EVERY_MS = 60 * 60_000;

let registration: Promise<ServiceWorkerRegistration | undefined> | undefined;

/**
 * Registers the service worker, which lets the page open without a network, once for each load of the page. Late, because it
 * stores all files of the page: the page's own come first. `onNewVersion` is called when a newer version of the page is
 * installed and waits for a reload.
 */
export async function registerServiceWorker(onNewVersion?: () => void): Promise<void> {
  registration ??= register();
  const registered = await registration;
  if (registered && onNewVersion) watch(registered, onNewVersion);
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  // Only a built page can be stored.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return undefined;
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
  }
  try {
    const registered = await navigator.serviceWorker.register('/sw.js');
    setInterval(() => void registered.update().catch(() => undefined), LOOK_EVERY_MS);
    return registered;
  } catch (error) {
    // Some private windows refuse it.
    console.warn('The page cannot be kept for use without a network:', error);
    return undefined;
  }
}

function watch(registered: ServiceWorkerRegistration, onNewVersion: () => void): void {
  if (registered.waiting) onNewVersion();
  registered.addEventListener('updatefound', () => {
    const { installing } = registered;
    installing?.addEventListener('statechange', () => {
      // The first service worker is no newer version.
      if (installing.state === 'installed' && navigator.serviceWorker.controller) onNewVersion();
    });
  });
}
