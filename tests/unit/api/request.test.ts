import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { request } from '../../../web/api/request.ts';

type Answer = (asked: IncomingMessage, response: ServerResponse) => void;

let answers: Answer[];
let asked: { authorization: string | undefined; type: string | undefined; body: string }[];
const server = createServer(async (incoming, response) => {
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  const { authorization, 'content-type': type } = incoming.headers;
  asked.push({ authorization, type, body });
  answers.shift()?.(incoming, response);
});
const { fetch } = globalThis;
let origin: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  origin = `http://127.0.0.1:${address.port}`;
  // A page sends requests to its own origin; here none exists to resolve a path against.
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => fetch(new URL(path, origin), init));
});

beforeEach(() => {
  answers = [];
  asked = [];
});

afterAll(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** A signed-in user with a cached token, and a fresh one on request. */
const caller = {
  getToken: async (options?: { fresh?: boolean }) => (options?.fresh ? 'fresh' : 'cached'),
};
const answer = z.object({ name: z.string() });
const json =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
const unauthenticated = json(401, {
  type: 'about:blank',
  title: 'Not signed in',
  status: 401,
  code: 'unauthenticated',
  detail: 'Sign in.',
});

test('a response is parsed, without fields that the schema does not have', async () => {
  answers = [json(200, { name: 'Ada', more: 1 })];
  const outcome = await request(caller, { path: '/api/x', answer });
  expect(outcome).toEqual({ ok: true, value: { name: 'Ada' } });
  expect(asked[0]).toMatchObject({ authorization: 'Bearer cached', type: undefined });
});

test('a body is sent as JSON', async () => {
  answers = [json(201, { name: 'Ada' })];
  await request(caller, { method: 'POST', path: '/api/x', body: { a: 1 }, answer });
  expect(asked[0]).toMatchObject({ type: 'application/json', body: '{"a":1}' });
});

test('an empty response is null', async () => {
  answers = [(_, response) => response.writeHead(204).end()];
  const outcome = await request(caller, { path: '/api/x', answer: z.null() });
  expect(outcome).toEqual({ ok: true, value: null });
});

test("a problem becomes the server's failure", async () => {
  const problem = { type: 'about:blank', title: 'Not valid', status: 422, code: 'invalid' };
  answers = [json(422, { ...problem, detail: 'Name it.', fields: { name: 'must not be empty' } })];
  expect(await request(caller, { path: '/api/x', answer })).toEqual({
    ok: false,
    failure: { code: 'invalid', detail: 'Name it.', fields: { name: 'must not be empty' } },
  });
});

test('a token that expired on its way is replaced once', async () => {
  answers = [unauthenticated, json(200, { name: 'Ada' })];
  expect(await request(caller, { path: '/api/x', answer })).toMatchObject({ ok: true });
  expect(asked.map(({ authorization }) => authorization)).toEqual([
    'Bearer cached',
    'Bearer fresh',
  ]);
});

test('an ended session is not retried', async () => {
  answers = [unauthenticated, unauthenticated];
  const outcome = await request(caller, { path: '/api/x', answer });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'unauthenticated' } });
  expect(asked).toHaveLength(2);
});

test('without a session no request is sent', async () => {
  const outcome = await request({ getToken: async () => undefined }, { path: '/api/x', answer });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'unauthenticated' } });
  expect(asked).toEqual([]);
});

test.each<[string, Answer]>([
  ['is not the JSON that was agreed on', json(200, { title: 'something else' })],
  ['is a page of a proxy', (_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>')],
  ['breaks off', (_, response) => response.destroy()],
])('an answer that %s is unavailable', async (_, bad) => {
  answers = [bad];
  const outcome = await request(caller, { method: 'POST', path: '/api/x', answer });
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  expect(asked).toHaveLength(1);
});

test('an aborted request rejects', async () => {
  const stop = new AbortController();
  answers = [() => stop.abort()];
  await expect(
    request(caller, { path: '/api/x', answer, signal: stop.signal }),
  ).rejects.toMatchObject({ name: 'AbortError' });
});
