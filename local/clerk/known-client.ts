import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { StandInContext, StandInEnv } from './stand-in-env.ts';
import { addClient, findClient } from './state/clients.ts';
import { liveSessionsOfClient } from './state/sessions.ts';

/** The longest that browsers keep a cookie. */
const COOKIE_LIFE_S = 400 * 24 * 60 * 60;

/** When the browser's sessions last changed, s; "0" without one. The page reads it, and so it is not `httpOnly`. */
const CHANGED_AT = '__client_uat';

/**
 * Sets `c.var.client` from the `__client` cookie. A browser without a valid one gets a new client and its cookie. Like
 * Clerk's, the response says in another cookie whether someone is signed in.
 */
export const knownClient = createMiddleware<StandInEnv>(async (c, next) => {
  const known = findClient(c.env.sql, getCookie(c, '__client') ?? '');
  const client = known ?? addClient(c.env.sql);
  if (!known) {
    setCookie(c, '__client', client.id, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/__clerk',
      maxAge: COOKIE_LIFE_S,
    });
  }
  c.set('client', client);
  await next();
  setSignedInCookie(c);
});

function setSignedInCookie(c: StandInContext): void {
  const hasSession = liveSessionsOfClient(c.env.sql, c.var.client.id).length > 0;
  const hadSession = Number(getCookie(c, CHANGED_AT) ?? 0) > 0;
  if (hasSession === hadSession) return;
  const value = hasSession ? String(Math.floor(Date.now() / 1000)) : '0';
  setCookie(c, CHANGED_AT, value, { sameSite: 'Lax', path: '/', maxAge: COOKIE_LIFE_S });
}
