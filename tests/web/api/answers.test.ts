import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fail, ok, type Result } from '../../../protocol/errors.ts';
import { Answers } from '../../../web/api/answers.ts';

const FRESH_MS = 10_000;

/** Answers with the number of its calls, unless the test replaces it. */
function countingServer() {
  const signals: AbortSignal[] = [];
  const server = {
    signals,
    answer: (): Promise<Result<number>> => Promise.resolve(ok(signals.length)),
    ask: (signal: AbortSignal): Promise<Result<number>> => {
      signals.push(signal);
      return server.answer();
    },
  };
  return server;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);

test('a query is sent once for all its watchers, and each is notified', async () => {
  const answers = new Answers();
  const server = countingServer();
  const told: string[] = [];
  answers.watch('a', server.ask, () => told.push('first'));
  answers.watch('a', server.ask, () => told.push('second'));
  await settled();
  expect(server.signals).toHaveLength(1);
  expect(told).toEqual(['first', 'second']);
  expect(answers.get('a')).toEqual({ data: 1, failure: undefined });
});

test('a fresh answer is not fetched again, and a stale one is when it is watched', async () => {
  const answers = new Answers();
  const server = countingServer();
  answers.watch('a', server.ask, () => undefined);
  await settled();
  answers.refresh();
  expect(server.signals).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(FRESH_MS);
  answers.refresh();
  await settled();
  expect(answers.get('a').data).toBe(2);
});

test('a watcher that returns gets the last answer, and a request without watchers is aborted', async () => {
  const answers = new Answers();
  const server = countingServer();
  answers.watch('a', server.ask, () => undefined)();
  expect(server.signals[0]?.aborted).toBe(true);
  const unwatch = answers.watch('a', server.ask, () => undefined);
  await settled();
  unwatch();
  expect(answers.get('a').data).toBe(2);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(answers.get('a').data).toBeUndefined();
});

test('a failure is reported at once, because the request retries by itself', async () => {
  const answers = new Answers();
  const server = countingServer();
  server.answer = () => Promise.resolve(fail('unavailable', 'Later.'));
  answers.watch('a', server.ask, () => undefined);
  await settled();
  expect(server.signals).toHaveLength(1);
  expect(answers.get('a').failure?.code).toBe('unavailable');
});

test('a failure keeps the last answer', async () => {
  const answers = new Answers();
  const server = countingServer();
  answers.watch('a', server.ask, () => undefined);
  await settled();
  server.answer = () => Promise.resolve(fail('forbidden', 'No.'));
  await answers.renew('a');
  expect(answers.get('a')).toMatchObject({ data: 1, failure: { code: 'forbidden' } });
});

test('keys below a key are refreshed and dropped with it, and keys that only share a prefix are not', async () => {
  const answers = new Answers();
  const servers = new Map(['a', 'a/b', 'ab'].map((key) => [key, countingServer()]));
  for (const [key, server] of servers) answers.watch(key, server.ask, () => undefined);
  await settled();
  await answers.renew('a');
  expect([...servers.keys()].map((key) => answers.get(key).data)).toEqual([2, 2, 1]);
  answers.drop('a');
  expect([...servers.keys()].map((key) => answers.get(key).data)).toEqual([
    undefined,
    undefined,
    1,
  ]);
});

test("an earlier request's answer does not replace a later one's", async () => {
  const answers = new Answers();
  const server = countingServer();
  const waiting: ((outcome: Result<number>) => void)[] = [];
  server.answer = () => new Promise((resolve) => waiting.push(resolve));
  answers.watch('a', server.ask, () => undefined);
  const renewed = answers.renew('a');
  waiting[1]?.(ok(2));
  await renewed;
  waiting[0]?.(ok(1));
  await settled();
  expect(answers.get('a').data).toBe(2);
});

test('an update notifies watchers at once, and an update without a change notifies nobody', async () => {
  const answers = new Answers();
  const server = countingServer();
  let told = 0;
  answers.watch('a', server.ask, () => {
    told += 1;
  });
  await settled();
  answers.update<number>('a', (count) => count && count + 10);
  expect(answers.get('a').data).toBe(11);
  answers.update<number>('a', (count) => count);
  answers.update<number>('unknown', (count) => count);
  expect(told).toBe(2);
});
