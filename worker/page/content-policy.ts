import type { ClerkConfig } from '../auth/clerk-config.ts';

/** Clerk's sign-up loads its bot check from here (Cloudflare Turnstile). */
const TURNSTILE = 'https://challenges.cloudflare.com';
/** Clerk serves profile pictures from here. */
const CLERK_IMAGES = 'https://img.clerk.com';

/**
 * Returns the `Content-Security-Policy` of a page: our own origin and what Clerk's browser code needs. Without
 * `proxyUrl`, Clerk's scripts and requests use the instance's Frontend API, whose address is the issuer of its tokens.
 * `clerk` is undefined if none is configured.
 */
export function contentPolicy(clerk?: ClerkConfig): string {
  const remote = clerk !== undefined && clerk.proxyUrl === undefined ? [clerk.issuer] : [];
  const bots = remote.length > 0 ? [TURNSTILE] : [];
  const policy: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...remote, ...bots],
    // Clerk's components and the API's documentation use inline styles.
    'style-src': ["'self'", "'unsafe-inline'"],
    // Files that are not uploaded yet are shown from blobs.
    'img-src': ["'self'", 'data:', 'blob:', CLERK_IMAGES],
    'media-src': ["'self'", 'blob:'],
    'connect-src': ["'self'", ...remote],
    // Clerk renews its token from a worker that it creates from a blob.
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
