import type { Result } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';

/** All that the Worker needs to know of the Clerk instance that it trusts. */
export interface ClerkConfig {
  publishableKey: string;
  /** PEM public key of session tokens. */
  jwtKey: string;
  /** The `iss` of its tokens. */
  issuer: string;
  /** Whether an `Origin` header or a token's `azp` is one of our own origins. */
  isOurOrigin(origin: string): boolean;
  webhookSigningSecret: string;
  /** Asks Clerk's Backend API, with the secret key, which nothing else needs; the local stand-in answers the same requests. */
  backendFetch(path: string, init: RequestInit): Promise<Response>;
  /** Where the browser reaches Clerk's Frontend API, if not at Clerk's own address. */
  proxyUrl?: string;
  /** Names that the welcome page offers to continue as. */
  demo?: readonly string[];
}

/** Finds the configuration, or `unavailable` naming (for the log) what is missing. */
export type ClerkSource = (env: Env) => Promise<Result<ClerkConfig>>;
