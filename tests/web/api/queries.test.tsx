import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ErrorCode } from '../../../protocol/errors.ts';
import type { Member } from '../../../protocol/models.ts';
import { useChangeMe } from '../../../web/api/change-me.ts';
import { useThreads } from '../../../web/api/followed-threads.ts';
import { useGroup, useJoinGroup, useLeaveGroup } from '../../../web/api/groups.ts';
import { useMembers } from '../../../web/api/members.ts';
import { useMyGroups } from '../../../web/api/my-groups.ts';
import { useMe } from '../../../web/api/people.ts';
import { useUnreadThreads } from '../../../web/api/threads.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, GROUP_ID, stateAt } from '../../support/group-events.ts';

const FRESH_MS = 10_000;
const KEPT_MS = 5 * 60_000;
const OTHER_ID = '01990000-0000-7000-8000-000000000001';
const GROUP = `/api/groups/${GROUP_ID}`;
const { group } = stateAt(1);
const MEMBER: Member = { userId: ADA.id, role: 'owner', joinedAt: 1, rev: 1, user: ADA };
const MEMBERS = { items: [MEMBER] };

interface Asked {
  method: string;
  path: string;
  signal: AbortSignal | null | undefined;
  answer(body: unknown): void;
}

/** What the page asked the server, oldest first. */
let asked: Asked[];
/** What the server answers at once; undefined leaves the request open. */
let answerOf: (method: string, path: string) => unknown;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answerOf = () => undefined;
  vi.stubGlobal('fetch', (path: string, { method = 'GET', signal }: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      const answer = (body: unknown) =>
        resolve(body instanceof Response ? body : Response.json(body));
      asked.push({ method, path, signal, answer });
      signal?.addEventListener('abort', () => reject(signal.reason));
      const body = answerOf(method, path);
      if (body !== undefined) answer(body);
    });
  });
});

clearPageAfterEach();
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
/** Lets everything happen that needs no time. */
const settle = () => pass(1);
const show = <T,>(hook: () => T) => renderHook(hook, { wrapper: AsAda });
const countOf = (path: string) => asked.filter((request) => request.path === path).length;
const named = (name: string) => ({ ...ADA, name });

function problem(code: ErrorCode): Response {
  const body = { type: 'about:blank', title: 'No', status: 403, code, detail: 'No.' };
  return Response.json(body, { status: 403 });
}

async function setOnline(isOnline: boolean): Promise<void> {
  vi.stubGlobal('navigator', Object.create(navigator, { onLine: { value: isOnline } }));
  act(() => void window.dispatchEvent(new Event(isOnline ? 'online' : 'offline')));
  await settle();
}

test('a query is fetched once for all components that show it', async () => {
  answerOf = () => ADA;
  const first = show(useMe);
  const second = show(useMe);
  await settle();
  expect(asked).toHaveLength(1);
  expect(first.result.current).toEqual({ data: ADA, failure: undefined, isPending: false });
  expect(second.result.current.data).toEqual(ADA);
});

test('a fresh answer is not fetched again, and a stale one is when the page is looked at', async () => {
  answerOf = () => ADA;
  show(useMe);
  await settle();
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  await settle();
  expect(asked).toHaveLength(1);
  await pass(FRESH_MS);
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  await settle();
  expect(asked).toHaveLength(2);
});

test('the list of groups is fetched as often as one component asks for, however many show it', async () => {
  answerOf = () => ({ items: [] });
  show(() => useMyGroups(60_000));
  await pass(20_000);
  show(useMyGroups);
  await settle();
  expect(asked).toHaveLength(2);
  await pass(180_000);
  expect(asked).toHaveLength(5);
});

test('an answer is cached for a component that is shown again, and forgotten in the end', async () => {
  answerOf = () => ADA;
  const first = show(useMe);
  await settle();
  first.unmount();
  const second = show(useMe);
  expect(second.result.current.data).toEqual(ADA);
  second.unmount();
  await pass(KEPT_MS);
  expect(show(useMe).result.current.isPending).toBe(true);
});

test('a fetch is aborted when the last component that shows it is unmounted', async () => {
  const { unmount } = show(useMe);
  await settle();
  expect(asked[0]?.signal?.aborted).toBe(false);
  unmount();
  expect(asked[0]?.signal?.aborted).toBe(true);
});

test('only the request is retried, and then the failure is shown', async () => {
  answerOf = () => problem('unavailable');
  const { result } = show(useMe);
  await pass(60_000);
  expect(asked).toHaveLength(5);
  expect(result.current).toMatchObject({ data: undefined, failure: { code: 'unavailable' } });
  expect(result.current.isPending).toBe(false);
});

test('a failure leaves the data of an earlier answer', async () => {
  answerOf = () => ({ items: [] });
  const { result } = show(useMyGroups);
  await settle();
  answerOf = () => problem('forbidden');
  void result.current.refetch();
  await settle();
  expect(result.current).toMatchObject({ data: [], failure: { code: 'forbidden' } });
});

test('without a network nothing is fetched and no failure is shown; when it is back, the answer is', async () => {
  answerOf = () => ADA;
  await setOnline(true);
  const { result } = show(useMe);
  await settle();
  await setOnline(false);
  const other = show(useMyGroups);
  await pass(60_000);
  expect(countOf('/api/groups')).toBe(0);
  expect(other.result.current).toMatchObject({ failure: undefined, isPending: true });
  answerOf = (_, path) => (path === '/api/groups' ? { items: [] } : ADA);
  await setOnline(true);
  await settle();
  expect(other.result.current.data).toEqual([]);
  expect(result.current.data).toEqual(ADA);
});

test('a request that loses the network shows no failure, and is sent again when the network is back', async () => {
  await setOnline(true);
  const { result } = show(useMe);
  await settle();
  await setOnline(false);
  answerOf = () => problem('unavailable');
  asked[0]?.answer(problem('unavailable'));
  await pass(60_000);
  expect(result.current).toMatchObject({ failure: undefined, isPending: true });
  answerOf = () => ADA;
  await setOnline(true);
  await pass(2_000);
  expect(result.current.data).toEqual(ADA);
});

test('new replies renew the threads of their group, and nothing of another group', async () => {
  answerOf = () => ({ items: [], users: [] });
  show(() => useThreads(GROUP_ID));
  const { result } = show(() => useUnreadThreads(GROUP_ID));
  show(() => useUnreadThreads(OTHER_ID));
  await settle();
  expect(asked).toHaveLength(3);
  void result.current.renew();
  await settle();
  expect(asked.slice(3).every(({ path }) => path.includes(GROUP_ID))).toBe(true);
  expect(asked).toHaveLength(5);
});

test('a renewal does not take the answer to an earlier request, even to the first one', async () => {
  const { result } = show(() => useUnreadThreads(GROUP_ID));
  await settle();
  void result.current.renew();
  await settle();
  expect(asked).toHaveLength(2);
  expect(asked[0]?.signal?.aborted).toBe(true);
  asked[1]?.answer({ items: [], users: [] });
  asked[0]?.answer(problem('forbidden'));
  await settle();
  expect(result.current).toMatchObject({ data: 0, failure: undefined });
});

test('a group that I left is forgotten with its members, and no other group is', async () => {
  answerOf = (_, path) =>
    path.startsWith(`${GROUP}/members`) ? MEMBERS : { ...group, id: path.slice(12) };
  const members = show(() => useMembers(GROUP_ID));
  const other = show(() => useGroup(OTHER_ID));
  const leave = show(useLeaveGroup);
  await settle();
  expect(members.result.current.data).toEqual([MEMBER]);
  answerOf = (method) => (method === 'POST' ? new Response(null, { status: 204 }) : undefined);
  void leave.result.current.run(GROUP_ID);
  await settle();
  expect(members.result.current).toMatchObject({ data: undefined, isPending: true });
  expect(other.result.current.data).toBeDefined();
});

test('the members of a group that I left and joined again stay as long as they are shown', async () => {
  answerOf = (method, path) => {
    if (path.endsWith('/leave')) return new Response(null, { status: 204 });
    if (path.startsWith(`${GROUP}/members`)) return MEMBERS;
    return method === 'POST' ? group : { items: [] };
  };
  const first = show(() => useMembers(GROUP_ID));
  await settle();
  first.unmount();
  const leave = show(useLeaveGroup);
  const join = show(useJoinGroup);
  void leave.result.current.run(GROUP_ID);
  await settle();
  void join.result.current.run(GROUP_ID);
  await settle();
  const second = show(() => useMembers(GROUP_ID));
  await pass(KEPT_MS);
  second.rerender();
  expect(countOf(`${GROUP}/members?query=&limit=100`)).toBe(2);
  expect(second.result.current.data).toEqual([MEMBER]);
});

test('a change is not undone by an answer that was on its way before it', async () => {
  const { result } = show(useMe);
  const change = show(useChangeMe);
  await settle();
  void change.result.current.run({ handle: 'countess' });
  await settle();
  asked[1]?.answer(named('Countess'));
  await settle();
  expect(result.current.data?.name).toBe('Countess');
  answerOf = () => named('Countess');
  asked[0]?.answer(named('Ada'));
  await settle();
  expect(result.current.data?.name).toBe('Countess');
});

test('a change that fails is returned and shown as plain data, and its callback is not called', async () => {
  answerOf = () => problem('forbidden');
  const change = show(useChangeMe);
  const done = vi.fn();
  let outcome: unknown;
  void change.result.current.run({ handle: 'ada' }, done).then((it) => {
    outcome = it;
  });
  await settle();
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'forbidden' } });
  expect(change.result.current).toMatchObject({
    isPending: false,
    failure: { code: 'forbidden' },
  });
  expect(done).not.toHaveBeenCalled();
});
