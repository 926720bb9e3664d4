import { verifyToken } from '@clerk/backend';
import { decodeJwt } from '@clerk/backend/jwt';
import * as z from 'zod/mini';
import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import { UserId } from '../../protocol/ids.ts';
import type { ClerkConfig } from './clerk-config.ts';
import type { Identity } from './identity.ts';

/**
 * The `cat` of a session token's header (constants of the library; older tokens have none). Tokens of a JWT template
 * are signed with the same key, but the template sets their claims and lifetime, so they are refused.
 */
const SESSION_TOKEN_CATEGORIES: readonly unknown[] = [
  undefined,
  'cl_B7d4PD111AAA',
  'cl_I7d4PD111III',
];

/** The claims that a session token must have. `verifyToken` requires none of `iss`, `sid` and `azp`. */
const SessionClaims = z.object({
  sub: UserId,
  sid: z.string().check(z.minLength(1), z.maxLength(128)),
  iss: z.string(),
  azp: z.string(),
  /**
   * `pending` means that the user has not finished a task that the instance requires. Tokens of version 1 have no
   * `sts`.
   */
  sts: z.optional(z.literal('active')),
});

/**
 * Verifies a session token with the instance's public key, without the network. A token that is not a valid session
 * token of our instance for one of our origins is `unauthenticated`.
 */
export async function authenticate(token: string, clerk: ClerkConfig): Promise<Result<Identity>> {
  const verified = await verifiedClaims(token, clerk.jwtKey);
  const claims = SessionClaims.safeParse(verified);
  if (!claims.success) return notSignedIn();
  const { sub, sid, iss, azp } = claims.data;
  if (iss !== clerk.issuer || !clerk.isOurOrigin(azp)) return notSignedIn();
  return ok({ userId: sub, sessionId: sid });
}

/** Returns the claims of a session token, undefined if its signature, its times or its category are wrong. */
async function verifiedClaims(token: string, jwtKey: string): Promise<unknown> {
  try {
    const claims = await verifyToken(token, { jwtKey });
    return SESSION_TOKEN_CATEGORIES.includes(categoryOf(token)) ? claims : undefined;
  } catch {
    // The library throws for every token that it refuses; for an unreadable one, errors of several classes.
    return undefined;
  }
}

const TokenHeader = z.object({ cat: z.optional(z.unknown()) });

function categoryOf(token: string): unknown {
  return TokenHeader.parse(decodeJwt(token).header).cat;
}

function notSignedIn() {
  return fail('unauthenticated', 'Your session has ended. Sign in again.');
}
