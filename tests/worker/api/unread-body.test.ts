import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { JSON_BODY_BYTES } from '../../../protocol/limits.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

/** Larger than any route reads, and than a connection buffers. */
const LARGE = 'x'.repeat(4 * JSON_BODY_BYTES);
/** A response that is sent before the request's body is read gets lost only sometimes. */
const TRIES = 3;

const edgewise = sharedEdgewise();
const { ada } = edgewise.people('Ada');

/** Requests whose body no route reads, and the status of the response. */
const REFUSED = [
  ['without a session', 'POST', '/api/messages', 401],
  ['to an address that the API does not have', 'POST', '/api/nothing', 404],
  ['with a method that a route does not have', 'PUT', '/api/health', 404],
  ['to the page', 'POST', '/nowhere', 404],
  ["to the stand-in's scripts", 'POST', '/__clerk/npm/@clerk/clerk-js@6/dist/clerk.js', 404],
  ['to a session that nobody has', 'POST', '/__clerk/v1/client/sessions/none/touch', 404],
  ['for a token of no session', 'POST', '/__clerk/v1/client/sessions/none/tokens', 401],
  ['to the account of nobody', 'POST', '/__clerk/v1/me?_method=PATCH', 401],
  ['to an address that the stand-in does not have', 'POST', '/__clerk/v1/nothing', 404],
  ["to Clerk's Backend API without its key", 'POST', '/__clerk/backend/v1/users/none', 401],
  ['that stands for a GET', 'POST', '/__clerk/v1/client?_method=GET', 200],
] as const;

/** Requests of a signed-in user whose body no route reads, and the status of the response. */
const REFUSED_TO_ADA = [
  ['of a webhook, above the limit', 'POST', '/api/webhooks/clerk', 413],
  ['above the limit', 'POST', '/api/messages', 413],
  ['to a group that is not there', 'POST', '/api/groups/none/join', 404],
  ['of a deletion', 'DELETE', '/api/messages/none', 422],
] as const;

const BODIES: [kind: string, make: () => BodyInit][] = [
  ['a small body', () => 'a=b'],
  ['a large body', () => LARGE],
  ['a body of untold length', () => new Blob([LARGE]).stream()],
];

describe('a request whose body no route reads', () => {
  for (const [kind, body] of BODIES) {
    test.for(REFUSED)(`%s: the response arrives (${kind})`, async ([, method, path, status]) => {
      expect(await statusesOf(method, path, body)).toEqual(Array(TRIES).fill(status));
    });
  }

  for (const [kind, body] of BODIES.slice(1)) {
    test.for(REFUSED_TO_ADA)(
      `%s: the response arrives (${kind})`,
      async ([, method, path, status]) => {
        const headers = { authorization: `Bearer ${await ada.token()}` };
        expect(await statusesOf(method, path, body, headers)).toEqual(Array(TRIES).fill(status));
      },
    );
  }

  test('a client that disconnects in the middle of its body does not affect others', async () => {
    for (const [, method, path] of REFUSED) await hangUp(method, path);
    expect((await edgewise.fetch('/api/health')).status).toBe(200);
  });

  test('is never read after its response', () => {
    expect(edgewise.logs().join('\n')).not.toContain("Can't read from request stream");
  });
});

async function statusesOf(
  method: string,
  path: string,
  body: () => BodyInit,
  headers: Record<string, string> = {},
): Promise<(number | string)[]> {
  const statuses: (number | string)[] = [];
  for (let n = 0; n < TRIES; n++) {
    const init = { method, headers, body: body(), ...{ duplex: 'half' } };
    const status = await edgewise.fetch(path, init).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      (error: unknown) => String(error),
    );
    statuses.push(status);
  }
  return statuses;
}

/** Sends half of a body and disconnects, as a browser does when the page is left during Clerk's `touch`. */
function hangUp(method: string, path: string): Promise<void> {
  const { port, hostname, host } = new URL(edgewise.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 200\r\n\r\n`);
      socket.write('x'.repeat(100), () => socket.destroy());
    });
    socket.on('close', () => resolve());
    socket.on('error', () => undefined);
  });
}
