import type { Env } from '../../worker/env.ts';
import type { LocalClerk } from './local-clerk.ts';

/** The bindings of `wrangler.local.toml`: those of the deployed Worker, and the stand-in's. */
export interface LocalEnv extends Env {
  LOCAL_CLERK: '1';
  LOCAL_CLERK_OBJECT: DurableObjectNamespace<LocalClerk>;
  /** This Worker itself. The stand-in delivers its webhooks to it. */
  SELF: Fetcher;
}

/**
 * Whether the stand-in is on: the local configuration enables it, and no keys of a real instance are set. With real
 * keys it must be off, or anyone could sign in past the real Clerk.
 */
export function isStandInOn(env: Env): env is LocalEnv {
  return (
    'LOCAL_CLERK' in env &&
    env.LOCAL_CLERK === '1' &&
    'LOCAL_CLERK_OBJECT' in env &&
    !env.CLERK_SECRET_KEY &&
    !env.CLERK_JWT_KEY
  );
}
