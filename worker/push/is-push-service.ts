/**
 * The push services of Chromium (and the browsers built on it), Firefox, Edge and Safari. The Worker sends requests only to
 * these: a user names the endpoint, and must not make it send requests to any other host.
 */
const SERVICES = [
  'fcm.googleapis.com',
  'push.services.mozilla.com',
  'notify.windows.com',
  'push.apple.com',
];

/** Whether an endpoint is an https address of a push service. `more`: further hosts, separated by commas. */
export function isPushService(endpoint: string, more = ''): boolean {
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '') return false;
  const hosts = [...SERVICES, ...more.split(',').map((host) => host.trim())].filter(Boolean);
  return hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
