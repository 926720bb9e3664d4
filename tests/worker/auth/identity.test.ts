import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { AppConfig } from '../../../protocol/app-config.ts';
import { CLOSE, Problem } from '../../../protocol/errors.ts';
import { REST_PER_MINUTE } from '../../../protocol/limits.ts';
import { User } from '../../../protocol/models.ts';
import { UserList } from '../../../protocol/rest.ts';
import { clerkInstance, nowInSeconds, type TokenOptions } from '../../support/clerk-instance.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { openSocket } from '../../support/test-socket.ts';
import { withoutTable } from '../../support/without-table.ts';

const AT_ONCE = 30;

const edgewise = sharedEdgewise();
const { ada } = edgewise.people('Ada');
let groupId: string;
beforeAll(async () => {
  groupId = (await ada.createGroup()).id;
});

describe('a session whose webhook has not arrived', () => {
  test('still finds its user', async () => {
    const grace = await edgewise.signIn('Grace');
    const me = await grace.api('GET', '/api/users/me');
    expect(me.as(User)).toMatchObject({ id: grace.userId, name: 'Grace', role: 'member' });
  });

  test('creates one user for concurrent first requests', async () => {
    const many = await edgewise.signIn('Many');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => many.api('GET', '/api/users/me')),
    );
    const handles = new Set(answers.map((answer) => answer.as(User).handle));
    expect([...handles]).toEqual(['many']);
  });
});

describe('a request', () => {
  const status = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await edgewise.fetch('/api/users/me', { headers });
    if (response.ok) return response.status;
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(await response.json()).status).toBe(response.status);
    return response.status;
  };

  test('with a bearer token is answered', async () => {
    expect(await status(`Bearer ${await ada.token()}`)).toBe(200);
    expect(await status(`bearer ${await ada.token()}`)).toBe(200);
  });

  test('without a valid token is refused', async () => {
    const token = await ada.token();
    for (const wrong of [undefined, '', 'Bearer', 'Bearer ', token, `Basic ${token}`]) {
      expect(await status(wrong)).toBe(401);
    }
    expect(await status(`Bearer ${token.slice(0, -4)}AAAA`)).toBe(401);
    expect(await status(`Bearer ${token} ${token}`)).toBe(401);
  });

  test('with a token of another Clerk instance is refused', async () => {
    const stranger = clerkInstance().token(ada.userId, edgewise.origin);
    expect(await status(`Bearer ${stranger}`)).toBe(401);
  });

  test(`is limited to ${REST_PER_MINUTE} a minute for a user`, async () => {
    const eager = await edgewise.signIn('Eager');
    const authorization = `Bearer ${await eager.token()}`;
    const ask = () => edgewise.fetch('/api/users?ids=nobody', { headers: { authorization } });
    let refused: Response | undefined;
    for (let asked = 0; asked <= 2 * REST_PER_MINUTE && !refused; asked += AT_ONCE) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, ask));
      refused = answers.find((response) => response.status === 429);
    }
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    const body = Problem.parse(await refused?.json());
    expect(body).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
    expect(await status(`Bearer ${await ada.token()}`)).toBe(200);
  });
});

describe('a socket', () => {
  /** Opens a socket with any subprotocols. Returns the selected one, and how the socket closed. */
  async function refusal(options: {
    path?: string;
    protocols?: string[];
    origin?: string | undefined;
  }) {
    const path = options.path ?? `/api/groups/${groupId}/socket`;
    const { protocols = ['edgewise.v1', `bearer.${await ada.token()}`] } = options;
    const { origin } = options;
    const address = new URL(path, edgewise.url.replace(/^http/, 'ws'));
    const socket = await openSocket(
      new WebSocket(address, protocols, origin === undefined ? {} : { origin }),
    );
    return { protocol: socket.protocol, code: (await socket.closed).code };
  }

  test('opens for a member, from our page or from a client without an origin', async () => {
    for (const origin of [edgewise.origin, null]) {
      const socket = await ada.connect(groupId, { origin });
      expect((await socket.next('thread_state')).me.userId).toBe(ada.userId);
      expect(socket.protocol).toBe('edgewise.v1');
      await socket.close();
    }
  });

  test.for(['https://evil.example.com', 'null', 'https://localhost', 'http://localhost.evil.com'])(
    'is closed with 4403 when the page is from %s',
    async (origin) => {
      expect(await refusal({ origin })).toEqual({ protocol: 'edgewise.v1', code: CLOSE.forbidden });
    },
  );

  test('is closed with 4401 without a valid token, in our subprotocol', async () => {
    const signedOut = { protocol: 'edgewise.v1', code: CLOSE.unauthenticated };
    expect(await refusal({ protocols: ['edgewise.v1'] })).toEqual(signedOut);
    expect(await refusal({ protocols: ['edgewise.v1', 'bearer.a.b.c'] })).toEqual(signedOut);
    const stranger = clerkInstance().token(ada.userId, edgewise.origin);
    expect(await refusal({ protocols: ['edgewise.v1', `bearer.${stranger}`] })).toEqual(signedOut);
  });

  test('is closed with 4400 when it speaks another protocol', async () => {
    const bearer = `bearer.${await ada.token()}`;
    const refused = await refusal({ protocols: [bearer, 'edgewise.v9'] });
    expect(refused).toEqual({ protocol: 'edgewise.v9', code: CLOSE.protocol });
  });

  test('is closed with 4404 for a malformed group id', async () => {
    for (const id of ['general', groupId.toUpperCase(), `${groupId}0`]) {
      const { code } = await refusal({ path: `/api/groups/${id}/socket` });
      expect(code).toBe(CLOSE.notFound);
    }
  });

  test("cannot claim another user's identity", async () => {
    const address = new URL(`/api/groups/${groupId}/socket`, edgewise.url.replace(/^http/, 'ws'));
    const mallory = await edgewise.signIn('Mallory');
    const claim = JSON.stringify({ userId: ada.userId, sessionId: ada.sessionId });
    const socket = await openSocket(
      new WebSocket(address, ['edgewise.v1', `bearer.${await mallory.token()}`], {
        headers: { 'X-Edgewise-Identity': claim },
      }),
    );
    expect((await socket.closed).code).toBe(CLOSE.forbidden);
  });

  test('requires an upgrade request', async () => {
    const response = await edgewise.fetch(`/api/groups/${groupId}/socket`);
    expect(response.status).toBe(422);
  });
});

describe('people', () => {
  const find = async (query: string) => {
    const found = await ada.api('GET', `/api/users?query=${encodeURIComponent(query)}`);
    return found.as(UserList).items.map(({ name }) => name);
  };
  beforeAll(async () => {
    for (const name of ['Wren Ibarra', 'Ivo Wrenfield', 'Élodie Ångström']) {
      await (await edgewise.signIn(name)).api('GET', '/api/users/me');
    }
  });

  test('are found by any word of their name in any case, matches of the first word first', async () => {
    expect(await find('wren')).toEqual(['Wren Ibarra', 'Ivo Wrenfield']);
    expect(await find('WREN I')).toEqual(['Wren Ibarra']);
    expect(await find('ren')).toEqual([]);
  });

  test('are found by non-ASCII letters, and by their ASCII handle', async () => {
    for (const query of ['Élo', 'élo', 'ång', 'ÅNG', 'elodie-a']) {
      expect(await find(query)).toEqual(['Élodie Ångström']);
    }
  });

  test('are not found once deactivated', async () => {
    const gone = await edgewise.signIn('Quentin Gone');
    await gone.api('GET', '/api/users/me');
    expect(await find('quentin')).toEqual(['Quentin Gone']);
    const deactivate = 'update users set deactivated_at = 1 where id = ?';
    await edgewise.db.prepare(deactivate).bind(gone.userId).run();
    expect(await find('quentin')).toEqual([]);
  });
});

test('the page receives how to sign users in', async () => {
  const response = await edgewise.fetch('/api/config');
  const config = AppConfig.parse(await response.json());
  expect(config.publishableKey).toMatch(/^pk_test_/);
  expect(config).toMatchObject({
    proxyUrl: '/__clerk',
    demo: ['Ada', 'Grace', 'Linus', 'Margaret', 'Alan'],
  });
});

describe('with the keys of a real instance', () => {
  const ORIGIN = 'https://chat.example.com';
  const clerk = clerkInstance();
  const vars = clerk.vars(ORIGIN);
  const deployed = sharedEdgewise({ config: 'wrangler.toml', vars });

  const status = async (options?: TokenOptions) => {
    const authorization = `Bearer ${clerk.token('user_ada', ORIGIN, options)}`;
    return (await deployed.fetch('/api/users?ids=nobody', { headers: { authorization } })).status;
  };

  test('accepts its session tokens and no others', async () => {
    expect(await status()).toBe(200);
    for (const claims of [
      { azp: deployed.origin },
      { exp: nowInSeconds() - 10 },
      { iss: 'https://local.clerk.localhost' },
      { sts: 'pending' },
    ]) {
      expect(await status({ claims })).toBe(401);
    }
    expect(await status({ header: { cat: 'cl_B7d4PD222AAA' } })).toBe(401);
  });

  test('offers no demo people to the page', async () => {
    const config = AppConfig.parse(await (await deployed.fetch('/api/config')).json());
    expect(config).toMatchObject({ publishableKey: vars['CLERK_PUBLISHABLE_KEY'] });
    expect(config).not.toHaveProperty('demo');
    expect(config).not.toHaveProperty('proxyUrl');
  });
});

test('a profile that could not be stored is fetched again', async () => {
  const late = await edgewise.signIn('Late');
  const away = await withoutTable(edgewise, 'users', () => late.api('GET', '/api/users/me'));
  expect(away.status).toBe(503);
  expect((await late.api('GET', '/api/users/me')).as(User).name).toBe('Late');
});
