import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { fail } from '../../protocol/errors.ts';
import { systemClock } from '../clock.ts';
import type { Env } from '../env.ts';
import { problem } from '../errors/problem.ts';
import { FILES_COOKIE, openCookie } from '../files/session-cookie.ts';
import type { ClerkConfig } from './clerk-config.ts';
import { signedIn } from './guards.ts';
import type { Identity } from './identity.ts';

/** The context of a request for a file. */
interface FileReaderEnv {
  Bindings: Env;
  Variables: { clerk: ClerkConfig; identity: Identity };
}

/**
 * Sets `c.var.identity` from the bearer token or, without one, from the cookie for files: a browser that loads a picture or a
 * film sends no other. Answers 401 without either.
 */
export const fileReader = createMiddleware<FileReaderEnv>(async (c, next) => {
  if (c.req.header('Authorization') !== undefined) return signedIn(c, next);
  const cookie = getCookie(c, FILES_COOKIE) ?? '';
  const identity = await openCookie(c.var.clerk.secretKey, cookie, systemClock());
  if (!identity) return problem(fail('unauthenticated', 'Sign in first.').failure);
  c.set('identity', identity);
  await next();
  return undefined;
});
