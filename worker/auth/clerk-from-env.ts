import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';
import type { ClerkConfig } from './clerk-config.ts';

const BACKEND_API = 'https://api.clerk.com';

/** Each of these is needed: without one of them somebody could not sign in, or somebody could who must not. */
const NEEDED = [
  'CLERK_PUBLISHABLE_KEY',
  'CLERK_JWT_KEY',
  'CLERK_SECRET_KEY',
  'CLERK_WEBHOOK_SIGNING_SECRET',
  'CLERK_AUTHORIZED_PARTIES',
] as const satisfies (keyof Env)[];

/** The part of the Worker's environment that tells of Clerk. */
type ClerkVars = Pick<Env, (typeof NEEDED)[number]>;

/**
 * The `iss` of an instance's session tokens: the address of its Frontend API, which its publishable key contains as
 * base64, ended by `$` (https://clerk.com/docs/guides/development/clerk-environment-variables). Undefined if the key has
 * another form.
 */
export function issuerOf(publishableKey: string): string | undefined {
  const encoded = /^pk_(?:test|live)_([A-Za-z0-9+/=_-]+)$/.exec(publishableKey)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const host = /^([a-z0-9.-]+)\$$/i.exec(atob(encoded))?.[1];
    return host === undefined ? undefined : `https://${host}`;
  } catch {
    return undefined;
  }
}

/** The origins that the deployment names as its own; anything that is no origin is left out and matches nothing. */
function originsIn(list: string): ReadonlySet<string> {
  return new Set(list.split(',').flatMap((origin) => origin.trim() || []));
}

function notConfigured(missing: readonly string[]) {
  console.error(JSON.stringify({ event: 'clerk_not_configured', missing }));
  return fail('unavailable', 'Signing in is not set up on this server yet.');
}

/**
 * The configuration of a deployment: the real Clerk, from the Worker's vars and secrets. `unavailable` unless all of
 * them are set; the log names those that are missing.
 */
export async function clerkFromEnv(env: ClerkVars): Promise<Result<ClerkConfig>> {
  const missing = NEEDED.filter((name) => !env[name]?.trim());
  const {
    CLERK_PUBLISHABLE_KEY: publishableKey = '',
    CLERK_JWT_KEY: jwtKey = '',
    CLERK_SECRET_KEY: secretKey = '',
    CLERK_WEBHOOK_SIGNING_SECRET: webhookSigningSecret = '',
    CLERK_AUTHORIZED_PARTIES: parties = '',
  } = env;
  if (missing.length > 0) return notConfigured(missing);
  const issuer = issuerOf(publishableKey);
  if (issuer === undefined) return notConfigured(['CLERK_PUBLISHABLE_KEY']);

  const origins = originsIn(parties);
  return ok({
    publishableKey,
    jwtKey,
    issuer,
    webhookSigningSecret,
    isOurOrigin: (origin) => origins.has(origin),
    backendFetch: (path, init) => {
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${secretKey}`);
      return fetch(`${BACKEND_API}${path}`, { ...init, headers });
    },
  });
}
