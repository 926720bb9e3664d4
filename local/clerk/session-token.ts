import { signJwt } from '@clerk/backend/jwt';
import { newId } from './new-id.ts';
import type { StandInContext } from './stand-in-env.ts';
import { LOCAL_ISSUER } from './state/credentials.ts';
import type { LocalSession } from './state/sessions.ts';

/**
 * The `kid` of every token that the stand-in signs. A test checks that the local build contains this text and the
 * deployed build does not.
 */
export const LOCAL_CLERK_STAND_IN = 'LOCAL_CLERK_STAND_IN';

/** The lifetime of Clerk's session tokens. */
const TOKEN_LIFE_S = 60;

/** The `cat` of a session token's header. */
const SESSION_TOKEN = 'cl_B7d4PD111AAA';

/**
 * Signs a session token, version 2, for the origin of the request
 * (https://clerk.com/docs/guides/sessions/session-tokens).
 */
export function mintToken(c: StandInContext, session: LocalSession): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  const minutesSinceSignIn = Math.floor((Date.now() - session.createdAt) / 60_000);
  const claims = {
    azp: c.req.header('Origin') ?? new URL(c.req.url).origin,
    exp: now + TOKEN_LIFE_S,
    fva: [minutesSinceSignIn, -1],
    iat: now,
    iss: LOCAL_ISSUER,
    jti: newId('jti'),
    nbf: now - 10,
    sid: session.id,
    sts: 'active',
    sub: session.userId,
    v: 2,
  };
  return signJwt(claims, c.env.credentials.privateKey, {
    algorithm: 'RS256',
    header: { typ: 'JWT', kid: LOCAL_CLERK_STAND_IN, cat: SESSION_TOKEN },
  });
}
