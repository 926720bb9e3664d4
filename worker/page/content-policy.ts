import type { ClerkConfig } from '../auth/clerk-config.ts';

/** Where Clerk's sign-up loads its check against bots from (Cloudflare Turnstile). */
const TURNSTILE = 'https://challenges.cloudflare.com';
/** Where Clerk keeps people's pictures. */
const CLERK_IMAGES = 'https://img.clerk.com';

/**
 * The `Content-Security-Policy` of a page: nothing but our own, and what Clerk's browser code needs. Where it is not
 * reached through our own origin (`proxyUrl`), its scripts and requests go to the instance's Frontend API, which is the
 * issuer of its tokens. `clerk` is undefined while none is configured.
 */
export function contentPolicy(clerk?: ClerkConfig): string {
  const remote = clerk !== undefined && clerk.proxyUrl === undefined ? [clerk.issuer] : [];
  const bots = remote.length > 0 ? [TURNSTILE] : [];
  const policy: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...remote, ...bots],
    // Clerk's components and the API's documentation set styles on elements.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', CLERK_IMAGES],
    'connect-src': ["'self'", ...remote],
    // Clerk renews its token from a worker that it makes of a blob.
    'worker-src': ["'self'", 'blob:'],
    'frame-src': bots.length > 0 ? bots : ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}
