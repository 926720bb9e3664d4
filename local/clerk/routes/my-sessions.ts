import { Hono } from 'hono';
import { refuse, reply } from '../answers/client-json.ts';
import { bareSessionJson, sessionJson } from '../answers/session-json.ts';
import { signedInHere } from '../signed-in-here.ts';
import type { StandInEnv } from '../stand-in-env.ts';
import { endSession, liveSessionsOfUser } from '../state/sessions.ts';

/** The sessions of the signed-in user in all browsers: list them, and revoke one. */
export const mySessions = new Hono<StandInEnv>()
  .use(signedInHere)
  .get('/active', (c) => {
    const sessions = liveSessionsOfUser(c.env.sql, c.var.user.id);
    return c.json(
      sessions.map((session) => ({
        ...bareSessionJson(session),
        latest_activity: {
          object: 'session_activity',
          id: session.id.replace('sess_', 'sess_activity_'),
          device_type: 'Computer',
          ip_address: '127.0.0.1',
          city: 'this machine',
          is_mobile: false,
        },
      })),
    );
  })
  .post('/:id/revoke', async (c) => {
    const id = c.req.param('id');
    const live = liveSessionsOfUser(c.env.sql, c.var.user.id).find((session) => session.id === id);
    if (!live) return refuse(c, NO_SESSION);
    const session = endSession(c.env.sql, live, 'revoked');
    c.env.publish({ type: 'session.revoked', session });
    return reply(c, await sessionJson(c, session));
  });

const NO_SESSION = {
  status: 404,
  code: 'resource_not_found',
  message: 'There is no such session.',
} as const;
