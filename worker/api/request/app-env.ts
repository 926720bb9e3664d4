import type { ClerkConfig } from '../../auth/clerk-config.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Env } from '../../env.ts';

/** What Hono hands to every route: the bindings, and what the middleware before it found out. */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    /** Set on every API route: without a complete configuration the request has been answered with 503. */
    clerk: ClerkConfig;
    /** Set behind `signedIn`. */
    identity: Identity;
  };
}
