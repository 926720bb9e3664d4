import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { StandInEnv } from './stand-in-env.ts';
import { addClient, findClient } from './state/clients.ts';

/** The longest that browsers keep a cookie. */
const COOKIE_LIFE_S = 400 * 24 * 60 * 60;

/** Sets `c.var.client` from the `__client` cookie. A browser without a valid one gets a new client and its cookie. */
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
});
