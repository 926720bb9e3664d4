import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';
import type { ClerkConfig } from './clerk-config.ts';

const BACKEND_API = 'https://api.clerk.com';

/** The settings that a deployment must have. */
const REQUIRED = [
  'CLERK_PUBLISHABLE_KEY',
  'CLERK_JWT_KEY',
  'CLERK_SECRET_KEY',
  'CLERK_WEBHOOK_SIGNING_SECRET',
  'CLERK_AUTHORIZED_PARTIES',
] as const satisfies (keyof Env)[];

/** The part of the Worker's environment that configures Clerk. */
type ClerkVars = Pick<Env, (typeof REQUIRED)[number]>;

/**
 * Returns the `iss` of an instance's session tokens: the address of its Frontend API, which the publishable key
 * contains in base64, followed by `$` (https://clerk.com/docs/guides/development/clerk-environment-variables).
 * Undefined for a malformed key.
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

/** Splits a comma-separated list of origins. */
function originsIn(list: string): ReadonlySet<string> {
  return new Set(list.split(',').flatMap((origin) => origin.trim() || []));
}

function notConfigured(missing: readonly string[]) {
  console.error(JSON.stringify({ event: 'clerk_not_configured', missing }));
  return fail('unavailable', 'Signing in is not set up on this server yet.');
}

/**
 * Reads the configuration of the real Clerk from the Worker's vars and secrets. A missing or malformed one is
 * `unavailable`, and the log names it.
 */
export async function clerkFromEnv(env: ClerkVars): Promise<Result<ClerkConfig>> {
  const missing = REQUIRED.filter((name) => !env[name]?.trim());
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
    secretKey,
    isOurOrigin: (origin) => origins.has(origin),
    backendFetch: (path, init) => {
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${secretKey}`);
      return fetch(`${BACKEND_API}${path}`, { ...init, headers });
    },
  });
}
