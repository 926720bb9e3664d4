import { Hono } from 'hono';
import * as z from 'zod/mini';
import { signInJson } from '../answers/attempt-json.ts';
import { refuse, reply } from '../answers/client-json.ts';
import { beginSession } from '../begin-session.ts';
import { type DemoPerson, demoPersonOf } from '../demo-person.ts';
import { newId } from '../new-id.ts';
import type { StandInContext, StandInEnv } from '../stand-in-env.ts';
import { beginSignIn, findSignIn, type SignInAttempt } from '../state/clients.ts';
import { isPassword } from '../state/password.ts';
import { addUser, findUserByAddress, type LocalUser } from '../state/users.ts';

const field = z._default(z.string(), '');
const SignInForm = z.object({
  strategy: field,
  ticket: field,
  identifier: field,
  password: field,
});

/** Sign-in: with a ticket (demo people), or with address and password in one step or two. */
export const signIns = new Hono<StandInEnv>()
  .post('/', async (c) => {
    const form = SignInForm.parse(await c.req.parseBody());
    if (form.strategy === 'ticket') {
      const person = demoPersonOf(form.ticket);
      return person ? continueAs(c, person) : refuse(c, TICKET_INVALID);
    }
    const attempt = beginSignIn(c.env.sql, c.var.client.id, form.identifier || null);
    if (form.password) return tryPassword(c, attempt, form.password);
    if (form.identifier && !findUserByAddress(c.env.sql, form.identifier)) {
      return refuse(c, UNKNOWN_ADDRESS);
    }
    return reply(c, signInJson(c, attempt));
  })
  .get('/:id', (c) => {
    const attempt = findSignIn(c.env.sql, c.var.client.id);
    return attempt ? reply(c, signInJson(c, attempt)) : refuse(c, NO_ATTEMPT);
  })
  .post('/:id/attempt_first_factor', async (c) => {
    const form = SignInForm.parse(await c.req.parseBody());
    const attempt = findSignIn(c.env.sql, c.var.client.id);
    return attempt ? tryPassword(c, attempt, form.password) : refuse(c, NO_ATTEMPT);
  });

const TICKET_INVALID = {
  status: 422,
  code: 'ticket_invalid_code',
  message: 'The ticket is invalid.',
  param: 'ticket',
} as const;

const UNKNOWN_ADDRESS = {
  status: 422,
  code: 'form_identifier_not_found',
  message: "Couldn't find your account.",
  param: 'identifier',
} as const;

const WRONG_PASSWORD = {
  status: 422,
  code: 'form_password_incorrect',
  message: 'Password is incorrect. Try again.',
  param: 'password',
} as const;

const NO_ATTEMPT = {
  status: 404,
  code: 'resource_not_found',
  message: 'There is no sign-in in progress.',
} as const;

/** Signs a demo person in, and creates the account the first time. */
function continueAs(c: StandInContext, { name, address }: DemoPerson): Promise<Response> {
  const known = findUserByAddress(c.env.sql, address);
  if (known) return finish(c, known, { id: newId('sia'), identifier: address }, 'ticket');
  const user = addUser(c.env.sql, { address, password: null, firstName: name, lastName: null });
  c.env.publish({ type: 'user.created', user });
  return finish(c, user, { id: newId('sia'), identifier: address }, 'ticket');
}

async function tryPassword(
  c: StandInContext,
  attempt: SignInAttempt,
  password: string,
): Promise<Response> {
  const user = findUserByAddress(c.env.sql, attempt.identifier ?? '');
  if (!user) return refuse(c, UNKNOWN_ADDRESS);
  if (user.password === null || !(await isPassword(password, user.password))) {
    return refuse(c, WRONG_PASSWORD);
  }
  return finish(c, user, attempt, 'password');
}

function finish(
  c: StandInContext,
  user: LocalUser,
  attempt: SignInAttempt,
  strategy: 'password' | 'ticket',
): Promise<Response> {
  const session = beginSession(c, user);
  return reply(c, signInJson(c, attempt, { strategy, sessionId: session.id }));
}
