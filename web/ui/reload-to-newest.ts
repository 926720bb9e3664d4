/**
 * Reloads the page in its newest version. The service worker would answer with its cached version, so the new one is
 * installed and takes over before the page reloads.
 */
export async function reloadToNewest(): Promise<void> {
  const reload = () => location.reload();
  // Undefined if the browser has no service workers (a private window) or none is registered yet.
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  await registration?.update().catch(() => undefined);
  const next = registration?.installing ?? registration?.waiting;
  if (!next) return reload();
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  takeOver(next);
  next.addEventListener('statechange', () => {
    takeOver(next);
    // The new version could not be installed: the cached one is better than none.
    if (next.state === 'redundant') reload();
  });
}

/** The message that the generated service worker listens to. */
function takeOver(worker: ServiceWorker): void {
  if (worker.state === 'installed') worker.postMessage({ type: 'SKIP_WAITING' });
}
