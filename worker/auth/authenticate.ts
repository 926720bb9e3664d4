import { verifyToken } from '@clerk/backend';
import { decodeJwt } from '@clerk/backend/jwt';
import * as z from 'zod/mini';
import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import { UserId } from '../../protocol/ids.ts';
import type { ClerkConfig } from './clerk-config.ts';
import type { Identity } from './identity.ts';

/**
 * What the header of a session token may call it (the library's own constants; older tokens name nothing). A token made
 * from a JWT template is signed with the same key, but its owner chooses its claims and its life.
 */
const SESSION_TOKEN_CATEGORIES: readonly unknown[] = [
  undefined,
  'cl_B7d4PD111AAA',
  'cl_I7d4PD111III',
];

/** What a session token must say. `verifyToken` itself insists on none of `iss`, `sid` and `azp`. */
const SessionClaims = z.object({
  sub: UserId,
  sid: z.string().check(z.minLength(1), z.maxLength(128)),
  iss: z.string(),
  azp: z.string(),
  /** `pending`: signed in, but with something left to do that the instance demands. Tokens of version 1 say nothing. */
  sts: z.optional(z.literal('active')),
});

/**
 * Who a session token speaks for. Needs no network: the signature is checked with the instance's public key.
 * `unauthenticated` for every token that is not, here and now, a session token of our instance for one of our origins.
 */
export async function authenticate(token: string, clerk: ClerkConfig): Promise<Result<Identity>> {
  const verified = await verifiedClaims(token, clerk.jwtKey);
  const claims = SessionClaims.safeParse(verified);
  if (!claims.success) return notSignedIn();
  const { sub, sid, iss, azp } = claims.data;
  if (iss !== clerk.issuer || !clerk.isOurOrigin(azp)) return notSignedIn();
  return ok({ userId: sub, sessionId: sid });
}

/** The claims of a session token whose signature and times are right, else undefined. */
async function verifiedClaims(token: string, jwtKey: string): Promise<unknown> {
  try {
    const claims = await verifyToken(token, { jwtKey });
    return SESSION_TOKEN_CATEGORIES.includes(categoryOf(token)) ? claims : undefined;
  } catch {
    // The library throws for every token that it refuses, with errors of several classes when it cannot even be read.
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
