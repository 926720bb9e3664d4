import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { type ApiRequest, request } from '../../../web/api/request.ts';

type Reply = () => Response | Promise<Response>;
type Asked = Omit<ApiRequest<typeof answer>, 'path' | 'answer'>;

const answer = z.object({ name: z.string() });
const caller = { getToken: async () => 'token' };
/** Longer than all attempts and the waits between them. */
const LONG_MS = 120_000;

let replies: Reply[];
let sent: { at: number; init: RequestInit }[];

beforeEach(() => {
  vi.useFakeTimers();
  replies = [];
  sent = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    sent.push({ at: Date.now(), init });
    return await (replies.shift() ?? good)();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const good: Reply = () => Response.json({ name: 'Ada' });
const broken: Reply = () => Promise.reject(new TypeError('Failed to fetch'));
const brokenOff: Reply = () =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(new TypeError('network error')),
    }),
  );
const problem =
  (code: ErrorCode, retryAfterMs?: number): Reply =>
  () =>
    Response.json(
      {
        type: 'about:blank',
        title: 'No',
        status: 500,
        code,
        detail: 'No.',
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      },
      { status: 500 },
    );

/** Sends a request, and passes as much time as it takes. */
async function ask(asked: Asked = {}) {
  const outcome = request(caller, { path: '/api/x', answer, ...asked });
  await vi.advanceTimersByTimeAsync(LONG_MS);
  return await outcome;
}

const repeatable: [what: string, asked: Asked][] = [
  ['a GET', {}],
  ['a PUT', { method: 'PUT' }],
  ['a PATCH', { method: 'PATCH', body: { name: 'Ada' } }],
  ['a DELETE', { method: 'DELETE' }],
  ['a POST with a key', { method: 'POST', body: { name: 'Ada' }, idempotencyKey: 'one' }],
  ['a POST that is harmless twice', { method: 'POST', isRepeatable: true }],
];
const passing: [how: string, reply: Reply][] = [
  ['breaks before an answer', broken],
  ['breaks off in the answer', brokenOff],
  ['brings that the server is unavailable', problem('unavailable')],
  ['brings the page of a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
];

for (const [what, asked] of repeatable) {
  test.each(passing)(`${what} is sent again when the connection %s`, async (_, reply) => {
    replies = [reply, good];
    expect(await ask(asked)).toEqual({ ok: true, value: { name: 'Ada' } });
    expect(sent).toHaveLength(2);
    const [first, second] = sent.map(({ init }) => [init.method, init.body, init.headers]);
    expect(second).toEqual(first);
  });
}

test.each(passing)(
  'a POST without a key is not sent again when it %s, because it could create a duplicate',
  async (_, reply) => {
    replies = [reply, good];
    expect(await ask({ method: 'POST' })).toMatchObject({ failure: { code: 'unavailable' } });
    expect(sent).toHaveLength(1);
  },
);

test('a repeat has the key of the first attempt', async () => {
  replies = [broken, good];
  await ask({ method: 'POST', idempotencyKey: 'one' });
  expect(sent.map(({ init }) => new Headers(init.headers).get('idempotency-key'))).toEqual([
    'one',
    'one',
  ]);
});

test.each<ErrorCode>(['invalid', 'not_found', 'forbidden', 'conflict', 'archived'])(
  'the response %s is final',
  async (code) => {
    replies = [problem(code), good];
    expect(await ask({ method: 'DELETE' })).toMatchObject({ failure: { code } });
    expect(sent).toHaveLength(1);
  },
);

test('the waits grow, and after the fifth attempt the failure is returned', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.9);
  replies = [broken, broken, broken, broken, broken, good];
  expect(await ask()).toMatchObject({ failure: { code: 'unavailable' } });
  expect(sent).toHaveLength(5);
  const waits = sent.slice(1).map(({ at }, n) => at - (sent[n]?.at ?? at));
  expect(waits).toEqual([450, 900, 1_800, 3_600]);
});

test("the server's retry time is respected, and one that is too long is returned", async () => {
  replies = [problem('rate_limited', 12_000), good];
  expect(await ask()).toMatchObject({ ok: true });
  const [first, second] = sent;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(12_000);
  replies = [problem('rate_limited', 60_000), good];
  expect(await ask()).toMatchObject({ failure: { code: 'rate_limited', retryAfterMs: 60_000 } });
  expect(sent).toHaveLength(3);
});

test('an aborted request is not sent again, and rejects', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.9);
  const stop = new AbortController();
  replies = [broken, good];
  const outcome = request(caller, { path: '/api/x', answer, signal: stop.signal });
  const rejected = expect(outcome).rejects.toMatchObject({ name: 'AbortError' });
  await vi.advanceTimersByTimeAsync(1);
  stop.abort();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  await rejected;
  expect(sent).toHaveLength(1);
});

test('a small change outlives its page, and a large change or a query does not', async () => {
  await ask({ method: 'DELETE' });
  await ask({ method: 'PATCH', body: { topic: 'short' } });
  await ask({ method: 'PATCH', body: { topic: 'long '.repeat(1_000) } });
  await ask();
  expect(sent.map(({ init }) => init.keepalive)).toEqual([true, true, false, false]);
});
