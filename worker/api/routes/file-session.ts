import { Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { FileSession } from '../../../protocol/files.ts';
import { FILES_COOKIE_MS } from '../../../protocol/limits.ts';
import { signedIn } from '../../auth/guards.ts';
import { systemClock } from '../../clock.ts';
import { FILES_COOKIE, sealCookie } from '../../files/session-cookie.ts';
import type { AppEnv } from '../request/app-env.ts';
import { sessionHolds } from '../request/session-holds.ts';

const COOKIE = { path: '/api/files', httpOnly: true, secure: true, sameSite: 'Strict' } as const;

/** `POST` and `DELETE /api/files/session`: sets and removes the cookie with which a browser fetches media. */
export const fileSession = new Hono<AppEnv>()
  .post('/api/files/session', signedIn, sessionHolds, async (c) => {
    const { secretKey } = c.var.clerk;
    const { value, endsAt } = await sealCookie(secretKey, c.var.identity, systemClock());
    setCookie(c, FILES_COOKIE, value, { ...COOKIE, maxAge: FILES_COOKIE_MS / 1_000 });
    const session: FileSession = { expiresAt: endsAt };
    return c.json(session);
  })

  // A user who signs out may no longer have a token.
  .delete('/api/files/session', (c) => {
    deleteCookie(c, FILES_COOKIE, COOKIE);
    return c.body(null, 204);
  });
