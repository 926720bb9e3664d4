import { createMiddleware } from 'hono/factory';
import { fail } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';
import { problem } from '../errors/problem.ts';
import { authenticate } from './authenticate.ts';
import type { ClerkConfig, ClerkSource } from './clerk-config.ts';
import type { Identity } from './identity.ts';

/** The context of a request after `clerkConfigured`. */
interface ClerkEnv {
  Bindings: Env;
  Variables: { clerk: ClerkConfig };
}

/** The context of a request after `signedIn`. */
interface SignedInEnv {
  Bindings: Env;
  Variables: { clerk: ClerkConfig; identity: Identity };
}

/** The window of the REST_LIMIT binding (wrangler.toml). After it, a user over the limit may try again. */
const REST_WINDOW_MS = 60_000;

/** Sets `c.var.clerk`. Answers 503 without a complete configuration, because no user could be verified. */
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
 * Sets `c.var.identity` from the bearer token. Answers 401 without a valid token, 429 over the REST limit. Must run
 * after `clerkConfigured`.
 */
export const signedIn = createMiddleware<SignedInEnv>(async (c, next) => {
  const token = bearerOf(c.req.header('Authorization'));
  const identity = token
    ? await authenticate(token, c.var.clerk)
    : fail('unauthenticated', 'Sign in first.');
  if (!identity.ok) return problem(identity.failure);

  const { success } = await c.env.REST_LIMIT.limit({ key: identity.value.userId });
  if (!success) {
    const detail = 'You are sending too many requests. Wait a moment and try again.';
    return problem({ code: 'rate_limited', detail, retryAfterMs: REST_WINDOW_MS });
  }
  c.set('identity', identity.value);
  await next();
  return undefined;
});

/** Returns the token of an `Authorization: Bearer` header (RFC 6750; the scheme ignores case). */
function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
}
