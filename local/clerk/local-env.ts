import type { Env } from '../../worker/env.ts';
import type { LocalClerk } from './local-clerk.ts';

/** What `wrangler.local.toml` binds beyond the deployed Worker's bindings. */
export interface LocalEnv extends Env {
  LOCAL_CLERK: '1';
  LOCAL_CLERK_OBJECT: DurableObjectNamespace<LocalClerk>;
  /** This same Worker: where the stand-in delivers its webhooks. */
  SELF: Fetcher;
}

/**
 * Whether the stand-in may speak for Clerk: the local configuration says so, and nobody has set the keys of a real
 * instance. With real keys it must be silent, or there would be two ways in.
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
