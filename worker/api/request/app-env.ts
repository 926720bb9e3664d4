import type { ClerkConfig } from '../../auth/clerk-config.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Env } from '../../env.ts';

/** The context of a route: the bindings, and the variables that middleware sets. */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    /** Set on every API route: `clerkConfigured` answers 503 without a complete configuration. */
    clerk: ClerkConfig;
    /** Set on routes with `signedIn`. */
    identity: Identity;
  };
}
