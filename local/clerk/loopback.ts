const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a `URL.hostname` is this machine. Cloudflare never routes a public request to such a host. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK_HOSTS.includes(hostname);
}

/** Whether the text is exactly an http origin on this machine, on any port. */
export function isLoopbackOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.protocol === 'http:' && isLoopback(url.hostname) && url.origin === origin;
}
