import { createMiddleware } from 'hono/factory';
import { refuse } from './answers/client-json.ts';
import { userOf } from './answers/session-json.ts';
import type { StandInEnv } from './stand-in-env.ts';
import { findLiveSession, liveSessionsOfClient } from './state/sessions.ts';

/**
 * Sets `c.var.session` and `c.var.user`: of the session in the query, else of the browser's session. Answers 401
 * without one.
 */
export const signedInHere = createMiddleware<StandInEnv>(async (c, next) => {
  const { sql } = c.env;
  const named = c.req.query('_clerk_session_id');
  const session =
    named === undefined
      ? liveSessionsOfClient(sql, c.var.client.id)[0]
      : findLiveSession(sql, c.var.client.id, named);
  if (!session) {
    return refuse(c, { status: 401, code: 'signed_out', message: 'You are signed out.' });
  }
  c.set('session', session);
  c.set('user', userOf(sql, session));
  await next();
  return undefined;
});
