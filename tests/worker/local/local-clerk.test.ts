import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { CLOSE, REVOKED_REASON } from '../../../protocol/errors.ts';
import { User } from '../../../protocol/models.ts';
import { eventually } from '../../support/eventually.ts';
import { type LocalBrowser, localBrowser } from '../../support/local-browser.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const PASSWORD = 'correct horse battery';

const edgewise = sharedEdgewise();
let browser: LocalBrowser;
beforeEach(() => {
  browser = localBrowser(edgewise.origin);
});

const newAddress = () => `${randomUUID()}@example.com`;

const continueAs = (name: string, from = browser) =>
  from.ask('/client/sign_ins', { strategy: 'ticket', ticket: `demo:${name}` });

const signUp = (fields: Record<string, string>, from = browser) =>
  from.ask('/client/sign_ups', { first_name: 'Ada', password: PASSWORD, ...fields });

/** The profile of the token's user. */
async function profileOf(token: string): Promise<User> {
  const headers = { authorization: `Bearer ${token}` };
  return User.parse(await (await edgewise.fetch('/api/users/me', { headers })).json());
}

async function userIdOf(name: string): Promise<string | undefined> {
  return (await continueAs(name, localBrowser(edgewise.origin))).sessions[0]?.user.id;
}

test('a cookie that the page can read says whether someone is signed in', async () => {
  await browser.ask('/client');
  expect(Number(browser.cookie('__client_uat') ?? 0)).toBe(0);
  await continueAs('Ada');
  expect(Number(browser.cookie('__client_uat'))).toBeGreaterThan(0);
  await browser.ask('/client/sessions', {}, 'DELETE');
  expect(browser.cookie('__client_uat')).toBe('0');
});

describe('a demo person', () => {
  test('signs in with a ticket, and gets a session whose token the Worker accepts', async () => {
    const signedIn = await continueAs('Ada');
    const [session] = signedIn.sessions;
    expect(signedIn.attempt()).toMatchObject({
      status: 'complete',
      created_session_id: session?.id,
    });
    expect(session?.user.email_addresses[0]?.email_address).toBe('ada@demo.localhost');
    expect(await profileOf(session?.last_active_token.jwt ?? '')).toMatchObject({
      id: session?.user.id,
      name: 'Ada',
    });
  });

  test('is the same user for the same name in any case', async () => {
    expect(await userIdOf('Grace Hopper')).toBe(await userIdOf('grace hopper'));
  });

  test('is another user for another name', async () => {
    const names = ['a b', 'a-b', 'a.b', 'a_b', 'ab', 'áb'];
    const ids = await Promise.all(names.map(userIdOf));
    expect(new Set(ids).size).toBe(names.length);
  });

  test.for(['', 'Ada', 'demo:', 'demo:<b>', `demo:${'a'.repeat(41)}`])(
    'is not created by the ticket %j',
    async (ticket) => {
      const refused = await browser.ask('/client/sign_ins', { strategy: 'ticket', ticket });
      expect(refused).toMatchObject({ status: 422, fault: 'ticket_invalid_code: ticket' });
      expect(refused.sessions).toEqual([]);
    },
  );

  test('replaces the user who was signed in in the browser', async () => {
    const [ada] = (await continueAs('Ada')).sessions;
    const { sessions } = await continueAs('Linus');
    expect(sessions.map(({ user }) => user.first_name)).toEqual(['Linus']);
    expect((await browser.token(ada?.id ?? '')).status).toBe(401);
  });

  test('cannot be signed up for', async () => {
    const refused = await signUp({ email_address: 'Nobody.Yet@demo.localhost' });
    expect(refused).toMatchObject({ fault: 'form_identifier_exists: email_address' });
  });
});

describe('an account with a password', () => {
  test('is created by signing up, and signs in from another browser', async () => {
    const email_address = newAddress();
    const signedUp = await signUp({ email_address });
    expect(signedUp.attempt().status).toBe('complete');

    const elsewhere = localBrowser(edgewise.origin);
    const form = { identifier: email_address.toUpperCase(), password: PASSWORD };
    const signedIn = await elsewhere.ask('/client/sign_ins', { strategy: 'password', ...form });
    expect(signedIn.attempt().status).toBe('complete');
    expect(signedIn.sessions[0]?.user.id).toBe(signedUp.sessions[0]?.user.id);
  });

  test('can be created in steps', async () => {
    const first = await browser.ask('/client/sign_ups', { email_address: newAddress() });
    expect(first.attempt()).toMatchObject({
      status: 'missing_requirements',
      created_session_id: null,
    });
    const path = `/client/sign_ups/${first.attempt().id}`;
    const second = await browser.ask(path, { password: PASSWORD, first_name: 'Ada' }, 'PATCH');
    expect(second.attempt().status).toBe('complete');
    expect(second.sessions[0]?.user.first_name).toBe('Ada');
  });

  test('signs in in two steps, the address first', async () => {
    const email_address = newAddress();
    await signUp({ email_address }, localBrowser(edgewise.origin));
    const first = await browser.ask('/client/sign_ins', { identifier: email_address });
    expect(first.attempt().status).toBe('needs_first_factor');
    const path = `/client/sign_ins/${first.attempt().id}/attempt_first_factor`;
    const wrong = await browser.ask(path, { strategy: 'password', password: 'wrong' });
    expect(wrong.fault).toBe('form_password_incorrect: password');
    const right = await browser.ask(path, { strategy: 'password', password: PASSWORD });
    expect(right.attempt().status).toBe('complete');
  });

  test('does not sign in with a wrong or missing password', async () => {
    const identifier = newAddress();
    await signUp({ email_address: identifier }, localBrowser(edgewise.origin));
    for (const password of ['wrong password', `${PASSWORD} `]) {
      const refused = await browser.ask('/client/sign_ins', { identifier, password });
      expect(refused.fault).toBe('form_password_incorrect: password');
      expect(refused.sessions).toEqual([]);
    }
    const nobody = { identifier: newAddress(), password: PASSWORD };
    const unknown = await browser.ask('/client/sign_ins', nobody);
    expect(unknown.fault).toBe('form_identifier_not_found: identifier');
  });

  test.for([
    ['not-an-address', PASSWORD, 'form_param_format_invalid: email_address'],
    ['short@example.com', 'short', 'form_password_length_too_short: password'],
    ['long@example.com', 'x'.repeat(73), 'form_password_length_too_long: password'],
  ] as const)('is not made for %s with %s', async ([email_address, password, fault]) => {
    const refused = await signUp({ email_address, password });
    expect(refused).toMatchObject({ status: 422, fault });
    expect(refused.sessions).toEqual([]);
  });

  test('is created once for an address, also by concurrent requests', async () => {
    const email_address = newAddress();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => signUp({ email_address }, localBrowser(edgewise.origin))),
    );
    expect(outcomes.map(({ fault }) => fault ?? 'made').sort()).toEqual([
      'form_identifier_exists: email_address',
      'form_identifier_exists: email_address',
      'made',
    ]);
  });

  test('changes its password only with the current one', async () => {
    const email_address = newAddress();
    await signUp({ email_address });
    const change = (current_password: string) =>
      browser.ask('/me/change_password', { current_password, new_password: 'a new password' });
    expect((await change('wrong')).fault).toBe('form_password_incorrect: current_password');
    expect((await change(PASSWORD)).status).toBe(200);
    const form = { identifier: email_address, password: 'a new password' };
    const signedIn = await localBrowser(edgewise.origin).ask('/client/sign_ins', form);
    expect(signedIn.attempt().status).toBe('complete');
  });
});

describe('a session', () => {
  test('issues tokens to its own browser only, and none after sign-out', async () => {
    const [session] = (await continueAs('Ada')).sessions;
    const id = session?.id ?? '';
    const { jwt } = await browser.token(id);
    expect(jwt).not.toBe(session?.last_active_token.jwt);
    expect((await profileOf(jwt ?? '')).name).toBe('Ada');
    expect((await localBrowser(edgewise.origin).token(id)).status).toBe(401);

    const signedOut = await browser.ask('/client/sessions', {}, 'DELETE');
    expect(signedOut.sessions).toEqual([]);
    expect((await browser.token(id)).status).toBe(401);
    expect((await browser.ask('/me')).fault).toBe('signed_out');
  });

  test('that its owner ends in another browser loses its sockets', async () => {
    const ada = await edgewise.signIn('Ada');
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    await socket.next('thread_state');

    await continueAs('Ada');
    const ended = await browser.ask(`/me/sessions/${ada.sessionId}/revoke`, {});
    expect(ended.response).toMatchObject({ status: 'revoked', last_active_token: null });
    expect(await socket.closed).toEqual({ code: CLOSE.unauthenticated, reason: REVOKED_REASON });
    await expect(ada.token()).rejects.toThrow();
  });

  test('cannot be ended by another user', async () => {
    const linus = await edgewise.signIn('Linus');
    await continueAs('Mallory');
    expect((await browser.ask(`/me/sessions/${linus.sessionId}/revoke`, {})).status).toBe(404);
    expect((await browser.ask(`/client/sessions/${linus.sessionId}/end`, {})).status).toBe(404);
    expect(await linus.token()).toBeTypeOf('string');
  });
});

describe('a profile', () => {
  test('that changes at Clerk changes here', async () => {
    const [session] = (await continueAs('Changing')).sessions;
    const token = session?.last_active_token.jwt ?? '';
    const before = await profileOf(token);
    await browser.ask('/me', { first_name: 'Augusta', last_name: 'King' }, 'PATCH');
    await eventually(async () => {
      expect(await profileOf(token)).toEqual({ ...before, name: 'Augusta King' });
    });
  });

  test('has an uploaded picture, which can be removed', async () => {
    const [session] = (await continueAs('Pictured')).sessions;
    const token = session?.last_active_token.jwt ?? '';
    const drawn = await edgewise.fetch(session?.user.image_url ?? '');
    expect(drawn.headers.get('content-type')).toBe('image/svg+xml');
    // Clerk's placeholder does not count as a picture.
    expect((await profileOf(token)).imageUrl).toBe('');

    const bytes = crypto.getRandomValues(new Uint8Array(65_536));
    const file = new Blob(Array(30).fill(bytes), { type: 'image/png' });
    expect((await browser.ask('/me/profile_image', { file })).status).toBe(200);
    const uploaded = await eventually(async () => {
      const { imageUrl } = await profileOf(token);
      expect(imageUrl).not.toBe('');
      return edgewise.fetch(imageUrl);
    });
    expect(uploaded.headers.get('content-type')).toBe('image/png');
    const received = Buffer.from(await uploaded.arrayBuffer());
    expect(received.equals(Buffer.from(await file.arrayBuffer()))).toBe(true);

    await browser.ask('/me/profile_image', {}, 'DELETE');
    await eventually(async () => expect((await profileOf(token)).imageUrl).toBe(''));
  });

  test('refuses files that a browser might execute', async () => {
    await continueAs('Scripted');
    const file = new Blob(['<svg onload="alert(1)"/>'], { type: 'image/svg+xml' });
    const refused = await browser.ask('/me/profile_image', { file });
    expect(refused.fault).toBe('image_type_unsupported: file');
  });
});

test('a missing script file is not found, and never the page', async () => {
  for (const path of [
    'clerk-js@6/dist/nothing.js',
    'clerk-js@6/dist/../x.js',
    'other@1/dist/x.js',
  ]) {
    expect((await edgewise.fetch(`/__clerk/npm/@clerk/${path}`)).status).toBe(404);
  }
});

test('accounts survive eviction of the stand-in', async () => {
  const [session] = (await continueAs('Ada')).sessions;
  await edgewise.evictLocalClerk();
  const { jwt } = await browser.token(session?.id ?? '');
  expect((await profileOf(jwt ?? '')).id).toBe(session?.user.id);
  expect((await profileOf(session?.last_active_token.jwt ?? '')).id).toBe(session?.user.id);
});
