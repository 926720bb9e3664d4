import { ok } from '../../protocol/errors.ts';
import type { ClerkSource } from '../../worker/auth/clerk-config.ts';
import { clerkFromEnv } from '../../worker/auth/clerk-from-env.ts';
import { isStandInOn, type LocalEnv } from './local-env.ts';
import { isLoopbackOrigin } from './loopback.ts';
import { BACKEND_API_PATH, LOCAL_ISSUER, LOCAL_PUBLISHABLE_KEY } from './state/credentials.ts';

/** The demo people that the welcome page offers. */
const DEMO_PEOPLE = ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'] as const;

/** Returns the Durable Object that is the local instance of Clerk. */
export function localClerkObject(env: LocalEnv) {
  return env.LOCAL_CLERK_OBJECT.get(env.LOCAL_CLERK_OBJECT.idFromName('local'));
}

/** The Clerk configuration of a local run: the stand-in, or the real Clerk if its keys are set. */
export const localClerk: ClerkSource = async (env) => {
  if (!isStandInOn(env)) return clerkFromEnv(env);
  const standIn = localClerkObject(env);
  const { publicKey, secretKey, webhookSigningSecret } = await standIn.credentials();
  return ok({
    publishableKey: LOCAL_PUBLISHABLE_KEY,
    jwtKey: publicKey,
    issuer: LOCAL_ISSUER,
    webhookSigningSecret,
    secretKey,
    isOurOrigin: isLoopbackOrigin,
    backendFetch: (path, init) => {
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${secretKey}`);
      return standIn.fetch(`http://localhost${BACKEND_API_PATH}${path}`, { ...init, headers });
    },
    proxyUrl: '/__clerk',
    demo: DEMO_PEOPLE,
  });
};
