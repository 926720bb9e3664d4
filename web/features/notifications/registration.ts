/** The service worker, which shows notifications; undefined where there is none, as in some private windows. */
export async function activeRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.active ? registration : undefined;
}

/** Whether this browser can show notifications at all, whatever the user permits. */
export function canNotify(): boolean {
  return 'Notification' in window && 'serviceWorker' in navigator && 'locks' in navigator;
}
