import type { StandInContext } from './stand-in-env.ts';
import { forgetAttempts } from './state/clients.ts';
import {
  addSession,
  endSession,
  type LocalSession,
  liveSessionsOfClient,
} from './state/sessions.ts';
import type { LocalUser } from './state/users.ts';

/** Begins a session in this browser and ends the earlier one: a browser has one session at a time. */
export function beginSession(c: StandInContext, user: LocalUser): LocalSession {
  const { sql, publish } = c.env;
  const { id: clientId } = c.var.client;
  for (const earlier of liveSessionsOfClient(sql, clientId)) {
    publish({ type: 'session.removed', session: endSession(sql, earlier, 'removed') });
  }
  forgetAttempts(sql, clientId);
  const session = addSession(sql, clientId, user.id);
  publish({ type: 'session.created', session });
  return session;
}
