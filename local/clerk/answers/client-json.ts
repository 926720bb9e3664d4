import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { StandInContext } from '../stand-in-env.ts';
import { findSignIn, findSignUp } from '../state/clients.ts';
import { liveSessionsOfClient } from '../state/sessions.ts';
import { signInJson, signUpJson } from './attempt-json.ts';
import { sessionJson } from './session-json.ts';

/** Clerk's client object: the browser, its sessions, and its unfinished sign-in and sign-up. */
export async function clientJson(c: StandInContext) {
  const { sql } = c.env;
  const { id, createdAt } = c.var.client;
  const sessions = liveSessionsOfClient(sql, id);
  const signIn = findSignIn(sql, id);
  const signUp = findSignUp(sql, id);
  return {
    object: 'client',
    id,
    sessions: await Promise.all(sessions.map((session) => sessionJson(c, session))),
    sign_in: signIn ? signInJson(c, signIn) : null,
    sign_up: signUp ? signUpJson(signUp) : null,
    // A browser has one session at a time (`single_session_mode`), so the newest is in use.
    last_active_session_id: sessions[0]?.id ?? null,
    last_authentication_strategy: null,
    captcha_bypass: true,
    cookie_expires_at: null,
    created_at: createdAt,
    updated_at: Date.now(),
  };
}

/** Answers a request that succeeded: the response, and the client after it. */
export async function reply(c: StandInContext, response: unknown): Promise<Response> {
  return c.json({ response, client: await clientJson(c) });
}

/** A failed request. Clerk's components show `message` at the form field `param`. */
export interface Refusal {
  status: ContentfulStatusCode;
  code: string;
  message: string;
  param?: string;
}

/** Answers a request that failed, in the form that Clerk's components read. */
export async function refuse(c: StandInContext, refusal: Refusal): Promise<Response> {
  const { status, code, message, param } = refusal;
  const error = {
    code,
    message,
    long_message: message,
    meta: param === undefined ? {} : { param_name: param },
  };
  return c.json({ errors: [error], meta: { client: await clientJson(c) } }, status);
}
