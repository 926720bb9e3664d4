import { newId } from '../new-id.ts';

/**
 * The statuses of a session that the stand-in uses (https://clerk.com/docs/reference/backend/types/backend-session).
 */
export type SessionStatus = 'active' | 'ended' | 'removed' | 'revoked';

/** A session of a user in one browser. */
export type LocalSession = {
  id: string;
  userId: string;
  clientId: string;
  status: SessionStatus;
  createdAt: number;
  touchedAt: number;
};

const DAY_MS = 24 * 60 * 60_000;

/** The lifetime of a session, used or not: Clerk's default. */
export const SESSION_LIFE_MS = 7 * DAY_MS;

const SELECT = `SELECT id, user_id AS userId, client_id AS clientId, status, created_at AS createdAt,
  touched_at AS touchedAt FROM sessions`;

/** The condition of a live session. Its parameter is `earliestStart()`. */
const LIVE = `status = 'active' AND created_at > ?`;

function earliestStart(): number {
  return Date.now() - SESSION_LIFE_MS;
}

/** Finds a live session of this client by its id. */
export function findLiveSession(
  sql: SqlStorage,
  clientId: string,
  id: string,
): LocalSession | undefined {
  return liveSessionsOfClient(sql, clientId).find((session) => session.id === id);
}

/** Lists the client's live sessions, newest first. */
export function liveSessionsOfClient(sql: SqlStorage, clientId: string): LocalSession[] {
  const query = `${SELECT} WHERE client_id = ? AND ${LIVE} ORDER BY created_at DESC`;
  return sql.exec<LocalSession>(query, clientId, earliestStart()).toArray();
}

/** Lists the user's live sessions in all browsers, newest first. */
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

/** Ends a session and returns it with its new status. */
export function endSession(
  sql: SqlStorage,
  session: LocalSession,
  status: Exclude<SessionStatus, 'active'>,
): LocalSession {
  sql.exec('UPDATE sessions SET status = ? WHERE id = ?', status, session.id);
  return { ...session, status };
}

/** Records that the session is in use now. */
export function touchSession(sql: SqlStorage, session: LocalSession): LocalSession {
  const touchedAt = Date.now();
  sql.exec('UPDATE sessions SET touched_at = ? WHERE id = ?', touchedAt, session.id);
  return { ...session, touchedAt };
}
