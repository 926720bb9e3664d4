import { mintToken } from '../session-token.ts';
import type { StandInContext } from '../stand-in-env.ts';
import { type LocalSession, SESSION_LIFE_MS } from '../state/sessions.ts';
import { findUser, type LocalUser } from '../state/users.ts';
import { imageUrlOf, userJson } from './user-json.ts';

/** How long Clerk keeps an unused session. */
const ABANDONED_MS = 30 * 24 * 60 * 60_000;

/** Returns the account of a session. Accounts are never removed, so a missing one is a bug and throws. */
export function userOf(sql: SqlStorage, session: LocalSession): LocalUser {
  const user = findUser(sql, session.userId);
  if (!user) throw new Error(`session ${session.id} of an unknown user`);
  return user;
}

/** Clerk's session object without user and token, as in lists of sessions and in webhooks. */
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

/** Clerk's session object in the Frontend API: with its user and, while it is active, a fresh token. */
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
