import { Hono } from 'hono';
import * as z from 'zod/mini';
import { signUpJson } from '../answers/attempt-json.ts';
import { type Refusal, refuse, reply } from '../answers/client-json.ts';
import { beginSession } from '../begin-session.ts';
import { DEMO_DOMAIN } from '../demo-person.ts';
import { newId } from '../new-id.ts';
import { passwordRefusal } from '../password-rules.ts';
import type { StandInContext, StandInEnv } from '../stand-in-env.ts';
import { findSignUp, type SignUpAttempt, saveSignUp } from '../state/clients.ts';
import { hashPassword } from '../state/password.ts';
import { addUser, findUserByAddress } from '../state/users.ts';

/** An empty form field arrives as '' and keeps the earlier value. */
const field = z._default(z.string(), '');
const SignUpForm = z.object({
  email_address: field,
  password: field,
  first_name: field,
  last_name: field,
});
type SignUpForm = z.infer<typeof SignUpForm>;

const Address = z.email();

/** Sign-up with address and password, in one step or several. */
export const signUps = new Hono<StandInEnv>()
  .post('/', (c) => {
    const empty = { address: null, password: null, firstName: null, lastName: null };
    return continueSignUp(c, { id: newId('sua'), ...empty });
  })
  .get('/:id', (c) => {
    const attempt = findSignUp(c.env.sql, c.var.client.id);
    return attempt ? reply(c, signUpJson(attempt)) : refuse(c, NO_ATTEMPT);
  })
  .patch('/:id', (c) => {
    const attempt = findSignUp(c.env.sql, c.var.client.id);
    return attempt ? continueSignUp(c, attempt) : refuse(c, NO_ATTEMPT);
  });

const NO_ATTEMPT = {
  status: 404,
  code: 'resource_not_found',
  message: 'There is no sign-up in progress.',
} as const;

/** Adds the fields of the form. Once it has an address and a password, it creates the account and begins a session. */
async function continueSignUp(c: StandInContext, attempt: SignUpAttempt): Promise<Response> {
  const form = SignUpForm.parse(await c.req.parseBody());
  const password = form.password ? await hashPassword(form.password) : attempt.password;
  // After the last await, so that two concurrent sign-ups cannot both find the address free.
  const refusal = refusalOf(c, form);
  if (refusal) return refuse(c, refusal);

  const filled: SignUpAttempt = {
    id: attempt.id,
    address: form.email_address || attempt.address,
    password,
    firstName: form.first_name || attempt.firstName,
    lastName: form.last_name || attempt.lastName,
  };
  const { address, firstName, lastName } = filled;
  if (address === null || password === null) {
    saveSignUp(c.env.sql, c.var.client.id, filled);
    return reply(c, signUpJson(filled));
  }
  if (findUserByAddress(c.env.sql, address)) return refuse(c, ADDRESS_TAKEN);
  const user = addUser(c.env.sql, { address, password, firstName, lastName });
  c.env.publish({ type: 'user.created', user });
  const session = beginSession(c, user);
  return reply(c, signUpJson(filled, { userId: user.id, sessionId: session.id }));
}

const ADDRESS_TAKEN = {
  status: 422,
  code: 'form_identifier_exists',
  message: 'That email address is taken. Please try another.',
  param: 'email_address',
} as const;

const ADDRESS_INVALID = {
  status: 422,
  code: 'form_param_format_invalid',
  message: 'Enter an email address.',
  param: 'email_address',
} as const;

function refusalOf(c: StandInContext, form: SignUpForm): Refusal | undefined {
  const address = form.email_address.toLowerCase();
  if (address) {
    if (!Address.safeParse(address).success) return ADDRESS_INVALID;
    // Nobody may claim a demo person's address with a password before its first use.
    if (address.endsWith(`@${DEMO_DOMAIN}`)) return ADDRESS_TAKEN;
    if (findUserByAddress(c.env.sql, address)) return ADDRESS_TAKEN;
  }
  return form.password ? passwordRefusal(form.password, 'password') : undefined;
}
