import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { FollowedThread } from '../../../protocol/threads.ts';
import { useFavourites } from '../../../web/api/favourites.ts';
import { keys } from '../../../web/api/keys.ts';
import { useMyGroups } from '../../../web/api/my-groups.ts';
import { useChangePreferences } from '../../../web/api/preferences.ts';
import { useChangeThread } from '../../../web/api/thread.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID, messageAt } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

interface Asked {
  method: string;
  isCancelled: boolean;
  answer(body: unknown): void;
}

clearPageAfterEach();

const ROOT_ID = '01990000-0000-7000-8000-000000000001';
const THREAD = { parentId: ROOT_ID, unread: 1, lastReplyAt: 1 };
const BEFORE = entryOf({ level: 'all', threads: [THREAD] }, { id: GROUP_ID, name: 'A' });

const UNREAD: FollowedThread = {
  groupId: GROUP_ID,
  root: messageAt(1, { id: ROOT_ID }),
  unread: 1,
  lastReplyAt: 1,
  replies: [],
};

/** What the page asked the server, oldest first. */
let asked: Asked[];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (_: string, { method = 'GET', signal }: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      const request = {
        method,
        isCancelled: false,
        answer: (body: unknown) => resolve(Response.json(body)),
      };
      asked.push(request);
      signal?.addEventListener('abort', () => {
        request.isCancelled = true;
        reject(signal.reason);
      });
    });
  });
});

const fetches = () => asked.filter(({ method, isCancelled }) => method === 'GET' && !isCancelled);
const changes = () => asked.filter(({ method }) => method !== 'GET');

/** Lets the page show what it knows. */
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)));

/** Ada's list, which is being fetched again, and what can change it. */
async function list() {
  ADA_QUERIES.setQueryData(keys.myGroups(), { items: [BEFORE] }, { updatedAt: 1 });
  const { result } = renderHook(
    () => ({
      groups: useMyGroups(),
      preferences: useChangePreferences(GROUP_ID),
      favourites: useFavourites(),
      thread: useChangeThread({ groupId: GROUP_ID, id: ROOT_ID }),
    }),
    { wrapper: AsAda },
  );
  await eventually(() => expect(fetches()).toHaveLength(1));
  return { now: () => result.current, entry: () => result.current.groups.data?.[0] };
}

type List = ReturnType<Awaited<ReturnType<typeof list>>['now']>;

const KINDS: readonly [string, (list: List) => void, Partial<InboxEntry>, unknown][] = [
  [
    'a choice of notifications',
    ({ preferences }) => void preferences.run({ level: 'none' }),
    { level: 'none' },
    { ...BEFORE, level: 'none' },
  ],
  [
    'a favourite',
    ({ favourites }) => favourites.move({ groupId: GROUP_ID }),
    { favourite: 0 },
    { items: [GROUP_ID] },
  ],
  [
    'a thread that is marked as read',
    ({ thread }) => void thread.run({ readSeq: 5 }),
    { threads: [] },
    { thread: { ...UNREAD, unread: 0 }, following: true, users: [] },
  ],
];

test.each(KINDS)(
  '%s stays on the screen, though the list was being fetched when it was made',
  async (_, change, expected, answer) => {
    const { now, entry } = await list();
    await act(async () => change(now()));
    await eventually(() => expect(changes()).toHaveLength(1));
    await settle();
    expect(entry()).toMatchObject(expected);
    // An answer to what is asked now could be as it was before the change.
    expect(fetches()).toHaveLength(0);
    await act(async () => changes()[0]?.answer(answer));
    await eventually(() => expect(fetches()).toHaveLength(1));
    await settle();
    expect(entry()).toMatchObject(expected);
    await act(async () => fetches()[0]?.answer({ items: [{ ...BEFORE, ...expected }] }));
    await settle();
    expect(entry()).toMatchObject(expected);
  },
);

test('the list is fetched again after the last of several changes', async () => {
  const { now, entry } = await list();
  await act(async () => void now().preferences.run({ mutedUntil: 9 }));
  await act(async () => void now().preferences.run({ level: 'none' }));
  await eventually(() => expect(changes()).toHaveLength(2));
  await act(async () => changes()[0]?.answer({ ...BEFORE, mutedUntil: 9 }));
  await settle();
  expect(fetches()).toHaveLength(0);
  expect(entry()).toMatchObject({ level: 'none', mutedUntil: 9 });
  await act(async () => changes()[1]?.answer({ ...BEFORE, mutedUntil: 9, level: 'none' }));
  await eventually(() => expect(fetches()).toHaveLength(1));
});

test('of what is changed, only what the server refuses is taken back', async () => {
  const { now, entry } = await list();
  await act(async () => void now().preferences.run({ level: 'none' }));
  await act(async () => void now().preferences.run({ mutedUntil: 9 }));
  await eventually(() => expect(changes()).toHaveLength(2));
  await settle();
  expect(entry()).toMatchObject({ level: 'none', mutedUntil: 9 });
  await act(async () => changes()[0]?.answer({ strange: true }));
  await settle();
  expect(entry()).toMatchObject({ level: 'all', mutedUntil: 9 });
  await act(async () => changes()[1]?.answer({ strange: true }));
  await settle();
  expect(entry()).toMatchObject({ level: 'all', mutedUntil: undefined });
});
