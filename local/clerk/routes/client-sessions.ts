import { Hono } from 'hono';
import { clientJson, refuse, reply } from '../answers/client-json.ts';
import { sessionJson } from '../answers/session-json.ts';
import { mintToken } from '../session-token.ts';
import type { StandInContext, StandInEnv } from '../stand-in-env.ts';
import { forgetAttempts } from '../state/clients.ts';
import {
  endSession,
  findLiveSession,
  liveSessionsOfClient,
  touchSession,
} from '../state/sessions.ts';

/** The sessions of this browser: fresh tokens, last use and sign-out. */
export const clientSessions = new Hono<StandInEnv>()
  .delete('/', async (c) => {
    const { sql, publish } = c.env;
    for (const session of liveSessionsOfClient(sql, c.var.client.id)) {
      publish({ type: 'session.removed', session: endSession(sql, session, 'removed') });
    }
    forgetAttempts(sql, c.var.client.id);
    return c.json({ response: await clientJson(c), client: null });
  })
  .post('/:id/touch', async (c) => {
    const session = sessionOf(c);
    if (!session) return refuse(c, NO_SESSION);
    return reply(c, await sessionJson(c, touchSession(c.env.sql, session)));
  })
  .post('/:id/tokens', async (c) => {
    const session = sessionOf(c);
    // Not 404: Clerk's browser code takes 401 as the end of the session and signs the page out.
    if (!session) return refuse(c, NOT_AUTHENTIC);
    return c.json({ object: 'token', jwt: await mintToken(c, session) });
  })
  .post('/:id/end', (c) => leave(c, 'ended'))
  .post('/:id/remove', (c) => leave(c, 'removed'));

const NO_SESSION = {
  status: 404,
  code: 'resource_not_found',
  message: 'There is no such session.',
} as const;

const NOT_AUTHENTIC = {
  status: 401,
  code: 'authentication_invalid',
  message: 'The session has ended.',
} as const;

function sessionOf(c: StandInContext) {
  return findLiveSession(c.env.sql, c.var.client.id, c.req.param('id') ?? '');
}

async function leave(c: StandInContext, status: 'ended' | 'removed'): Promise<Response> {
  const live = sessionOf(c);
  if (!live) return refuse(c, NO_SESSION);
  const session = endSession(c.env.sql, live, status);
  c.env.publish({ type: `session.${status}`, session });
  return reply(c, await sessionJson(c, session));
}
