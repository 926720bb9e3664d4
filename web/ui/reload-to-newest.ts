/**
 * Loads the page again in its newest version. The service worker would answer with the version that it keeps, so the new
 * one is fetched first, and takes over before the page is loaded.
 */
export async function reloadToNewest(): Promise<void> {
  const reload = () => location.reload();
  // Undefined where the browser has none (a private window) or none was registered yet.
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  await registration?.update().catch(() => undefined);
  const next = registration?.installing ?? registration?.waiting;
  if (!next) return reload();
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  takeOver(next);
  next.addEventListener('statechange', () => {
    takeOver(next);
    // It could not be installed: the version that is kept is better than none.
    if (next.state === 'redundant') reload();
  });
}

/** What the service worker that the build makes listens to. */
function takeOver(worker: ServiceWorker): void {
  if (worker.state === 'installed') worker.postMessage({ type: 'SKIP_WAITING' });
}
