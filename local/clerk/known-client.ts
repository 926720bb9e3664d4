import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { StandInEnv } from './stand-in-env.ts';
import { addClient, findClient } from './state/clients.ts';

/** Browsers keep no cookie longer. */
const COOKIE_LIFE_S = 400 * 24 * 60 * 60;

/** Sets `c.var.client`: the browser of the `__client` cookie, or a new one, which is given the cookie. */
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
