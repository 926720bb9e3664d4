import type { Result } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';

/** The Clerk instance that the Worker trusts. */
export interface ClerkConfig {
  publishableKey: string;
  /** The public key that verifies session tokens, PEM. */
  jwtKey: string;
  /** The `iss` of the instance's tokens. */
  issuer: string;
  /** Whether an `Origin` header or a token's `azp` is one of our own origins. */
  isOurOrigin(origin: string): boolean;
  webhookSigningSecret: string;
  /** The instance's secret key, from which keys of our own are derived. */
  secretKey: string;
  /** Sends a request to Clerk's Backend API with the secret key. Throws if Clerk cannot be reached. */
  backendFetch(path: string, init: RequestInit): Promise<Response>;
  /** The path under which the browser reaches Clerk's Frontend API, if not at Clerk's own address. */
  proxyUrl?: string;
  /** Names of demo people, whom the welcome page offers to sign in as. */
  demo?: readonly string[];
}

/** Finds the configuration. An incomplete one is `unavailable`, and the log names what is missing. */
export type ClerkSource = (env: Env) => Promise<Result<ClerkConfig>>;
