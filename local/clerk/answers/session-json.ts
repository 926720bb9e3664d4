import { mintToken } from '../session-token.ts';
import type { StandInContext } from '../stand-in-env.ts';
import { type LocalSession, SESSION_LIFE_MS } from '../state/sessions.ts';
import { findUser, type LocalUser } from '../state/users.ts';
import { imageUrlOf, userJson } from './user-json.ts';

/** How long Clerk keeps a session that nobody uses. */
const ABANDONED_MS = 30 * 24 * 60 * 60_000;

/** The account of a session; accounts are never removed. */
export function userOf(sql: SqlStorage, session: LocalSession): LocalUser {
  const user = findUser(sql, session.userId);
  if (!user) throw new Error(`session ${session.id} of an unknown user`);
  return user;
}

/** A session without what is in it: what lists of sessions and webhooks share. */
export function bareSessionJson(session: LocalSession) {
  return {
    object: 'session',
    id: session.id,
    client_id: session.clientId,
    user_id: session.userId,
    status: session.status,
    expire_at: session.createdAt + SESSION_LIFE_MS,
    abandon_at: session.createdAt + ABANDONED_MS,
    last_active_at: session.touchedAt,
    last_active_organization_id: null,
    actor: null,
    created_at: session.createdAt,
    updated_at: session.touchedAt,
  };
}

/** A session as the Frontend API gives it: with its user and, while it is good, a fresh token. */
export async function sessionJson(c: StandInContext, session: LocalSession) {
  const user = userOf(c.env.sql, session);
  const { origin } = new URL(c.req.url);
  const token = session.status === 'active' ? await mintToken(c, session) : undefined;
  return {
    ...bareSessionJson(session),
    factor_verification_age: [0, -1],
    tasks: null,
    last_active_token: token === undefined ? null : { object: 'token', jwt: token },
    user: userJson(user, origin),
    public_user_data: {
      first_name: user.firstName,
      last_name: user.lastName,
      image_url: imageUrlOf(user, origin),
      has_image: user.pictureId !== null,
      identifier: user.address,
      user_id: user.id,
    },
  };
}
