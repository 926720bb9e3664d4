import { newId } from '../new-id.ts';

/** How a session can stand (https://clerk.com/docs/reference/backend/types/backend-session). */
export type SessionStatus = 'active' | 'ended' | 'removed' | 'revoked';

/** Somebody being signed in, in one browser. */
export type LocalSession = {
  id: string;
  userId: string;
  clientId: string;
  status: SessionStatus;
  createdAt: number;
  touchedAt: number;
};

const DAY_MS = 24 * 60 * 60_000;

/** A session is over after this, used or not: Clerk's default. */
export const SESSION_LIFE_MS = 7 * DAY_MS;

const SELECT = `SELECT id, user_id AS userId, client_id AS clientId, status, created_at AS createdAt,
  touched_at AS touchedAt FROM sessions`;

/** Conditions of a session that is good now, with the earliest time at which it can have begun. */
const LIVE = `status = 'active' AND created_at > ?`;

function earliestStart(): number {
  return Date.now() - SESSION_LIFE_MS;
}

/** The session of this id, if it is this client's and good. */
export function findLiveSession(
  sql: SqlStorage,
  clientId: string,
  id: string,
): LocalSession | undefined {
  return liveSessionsOfClient(sql, clientId).find((session) => session.id === id);
}

/** The client's good sessions, newest first. */
export function liveSessionsOfClient(sql: SqlStorage, clientId: string): LocalSession[] {
  const query = `${SELECT} WHERE client_id = ? AND ${LIVE} ORDER BY created_at DESC`;
  return sql.exec<LocalSession>(query, clientId, earliestStart()).toArray();
}

/** The user's good sessions in all browsers, newest first. */
export function liveSessionsOfUser(sql: SqlStorage, userId: string): LocalSession[] {
  const query = `${SELECT} WHERE user_id = ? AND ${LIVE} ORDER BY created_at DESC`;
  return sql.exec<LocalSession>(query, userId, earliestStart()).toArray();
}

/** Begins a session. */
export function addSession(sql: SqlStorage, clientId: string, userId: string): LocalSession {
  const now = Date.now();
  const session: LocalSession = {
    id: newId('sess'),
    userId,
    clientId,
    status: 'active',
    createdAt: now,
    touchedAt: now,
  };
  sql.exec(
    `INSERT INTO sessions (id, user_id, client_id, status, created_at, touched_at) VALUES (?, ?, ?, 'active', ?, ?)`,
    session.id,
    userId,
    clientId,
    now,
    now,
  );
  return session;
}

/** Ends a session in one of the ways there are. */
export function endSession(
  sql: SqlStorage,
  session: LocalSession,
  status: Exclude<SessionStatus, 'active'>,
): LocalSession {
  sql.exec('UPDATE sessions SET status = ? WHERE id = ?', status, session.id);
  return { ...session, status };
}

/** Notes that the session is in use. */
export function touchSession(sql: SqlStorage, session: LocalSession): LocalSession {
  const touchedAt = Date.now();
  sql.exec('UPDATE sessions SET touched_at = ? WHERE id = ?', touchedAt, session.id);
  return { ...session, touchedAt };
}
