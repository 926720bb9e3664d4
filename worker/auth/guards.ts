import { createMiddleware } from 'hono/factory';
import { fail } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';
import { problem } from '../errors/problem.ts';
import { authenticate } from './authenticate.ts';
import type { ClerkConfig, ClerkSource } from './clerk-config.ts';
import type { Identity } from './identity.ts';

/** What a request has behind `clerkConfigured`. */
interface ClerkEnv {
  Bindings: Env;
  Variables: { clerk: ClerkConfig };
}

/** What a request has behind `signedIn`. */
interface SignedInEnv {
  Bindings: Env;
  Variables: { clerk: ClerkConfig; identity: Identity };
}

/** The window of the REST_LIMIT binding (wrangler.toml): who is over the limit may ask again at the latest after it. */
const REST_WINDOW_MS = 60_000;

/** Sets `c.var.clerk`, or answers 503: a Worker that cannot tell who is asking answers nobody. */
export function clerkConfigured(source: ClerkSource) {
  return createMiddleware<ClerkEnv>(async (c, next) => {
    const clerk = await source(c.env);
    if (!clerk.ok) return problem(clerk.failure);
    c.set('clerk', clerk.value);
    await next();
    return undefined;
  });
}

/**
 * Sets `c.var.identity` from the bearer token, or answers 401; answers 429 to a user over the REST limit. Goes behind
 * `clerkConfigured`.
 */
export const signedIn = createMiddleware<SignedInEnv>(async (c, next) => {
  const token = bearerOf(c.req.header('Authorization'));
  const identity = token
    ? await authenticate(token, c.var.clerk)
    : fail('unauthenticated', 'Sign in first.');
  if (!identity.ok) return problem(identity.failure);

  const { success } = await c.env.REST_LIMIT.limit({ key: identity.value.userId });
  if (!success) {
    const detail = 'You are asking too much at once. Wait a moment and try again.';
    return problem({ code: 'rate_limited', detail, retryAfterMs: REST_WINDOW_MS });
  }
  c.set('identity', identity.value);
  await next();
  return undefined;
});

/** The token of an `Authorization: Bearer` header (RFC 6750; the scheme in any case). */
function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
}
