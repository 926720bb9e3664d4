import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import { groupCache } from '../../../web/realtime/cache/group-cache.ts';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import type { CachedGroup } from '../../../web/realtime/replica/cached-group.ts';
import { type CacheWrites, countCacheWrites } from '../../support/cache-writes.ts';
import { clientOnServer } from '../../support/client-on-server.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt, messageEvent, stateAt } from '../../support/group-events.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { person } from '../../support/node-room.ts';
import { type SocketServer, startSocketServer } from '../../support/socket-server.ts';

const COLLECTED_MS = 2_000;
const GRACE = person('Grace');
const NOTHING: CacheWrites = { transactions: 0, put: {}, deleted: {} };
/** The position that is written with every change. */
const POSITION = { groups: 1 };

let server: SocketServer;
let writes: () => CacheWrites;
const pages: { close(): void }[] = [];

beforeEach(async () => {
  server = await startSocketServer();
  writes = countCacheWrites();
});

afterEach(async () => {
  for (const page of pages.splice(0)) page.close();
  vi.restoreAllMocks();
  await openOutboxStore().forget(ADA.id);
  await server.close();
});

function stateOf(rev: number): ServerEvent {
  const messages = Array.from({ length: 200 }, (_, n) => messageAt(rev - 199 + n));
  return stateAt(rev, { messages, hasBefore: true });
}

/** The state that answers a page which has all messages up to `rev`. */
function unchangedAt(rev: number): ServerEvent {
  const state = stateAt(rev, { reset: false });
  return { ...state, group: { ...state.group, lastSeq: rev } };
}

/** Opens a page that is live, and whose state is cached if it is given. */
async function openPage(state?: ServerEvent) {
  const clock = manualClock();
  let hide = (): void => undefined;
  const client = clientOnServer(server, {
    clock,
    cache: groupCache,
    usage: {
      watch({ hidden }) {
        hide = hidden;
        return () => undefined;
      },
    },
  });
  pages.push(client);
  client.subscribe(() => undefined);
  const socket = await server.accepted(server.sockets.length);
  const since = Number(socket.query.get('since') ?? 0);
  socket.send(state ?? unchangedAt(since));
  await eventually(() => expect(client.getView().connection.state).toBe('live'));
  /** Passes the time in which changes are collected, and lets what is due be written. */
  async function settle(): Promise<void> {
    clock.pass(COLLECTED_MS);
    await cached();
  }
  if (state) {
    clock.pass(COLLECTED_MS);
    await eventually(async () => expect((await cached()).since).toBe(200));
    writes();
  }
  return {
    client,
    clock,
    hide: () => hide(),
    settle,
    /** Sends one frame, and waits until the page has applied it. */
    async receives(...events: ServerEvent[]): Promise<void> {
      let isApplied = false;
      const unsubscribe = client.subscribe(() => {
        isApplied = true;
      });
      socket.send(...events);
      await eventually(() => expect(isApplied).toBe(true));
      unsubscribe();
    },
    since,
  };
}

/** What a page that opens now would show. */
async function cached(): Promise<CachedGroup> {
  const group = await groupCache.read(ADA.id, GROUP_ID);
  if (!group) throw new Error('the group is not cached');
  return group;
}

const contents = ({ messages }: CachedGroup) => messages.map(({ content }) => content);

test('silence, typing, presence and the receipts of others write nothing', async () => {
  const page = await openPage(stateOf(200));
  const before = await cached();
  await page.settle();
  expect(writes()).toEqual(NOTHING);
  await page.receives(
    { type: 'thread_typing_update', userId: GRACE.id, parentId: null, typing: true },
    { type: 'presence_update', userId: GRACE.id, state: 'online' },
    { type: 'receipt_update', userId: GRACE.id, readSeq: 200 },
  );
  expect(page.client.getView().typing).toHaveLength(1);
  await page.settle();
  expect(writes()).toEqual(NOTHING);
  expect(await cached()).toEqual(before);
});

test('fifty messages within two seconds are one transaction that writes these, and deletes those that they push out', async () => {
  const page = await openPage(stateOf(200));
  for (let seq = 201; seq <= 250; seq += 1) {
    await page.receives(messageEvent(messageAt(seq)));
    page.clock.pass(30);
  }
  await page.settle();
  expect(writes()).toEqual({
    transactions: 1,
    put: { messages: 50, ...POSITION },
    deleted: { messages: 50 },
  });
  const group = await cached();
  expect(group).toMatchObject({ since: 250, hasBefore: true });
  expect(contents(group)).toEqual(Array.from({ length: 200 }, (_, n) => `message ${51 + n}`));
  await page.settle();
  expect(writes()).toEqual(NOTHING);
});

test('a change of one message, of one member and of my cursor writes one row each, and the position', async () => {
  const page = await openPage(stateOf(200));
  const [edited] = (await cached()).messages;
  if (!edited) throw new Error('nothing is cached');
  const message = { ...edited, rev: 201, content: 'edited', edited: true };
  await page.receives({ type: 'message_update', rev: 201, message });
  await page.settle();
  expect(writes()).toEqual({ transactions: 1, put: { messages: 1, ...POSITION }, deleted: {} });
  expect(contents(await cached())[0]).toBe('edited');

  const member = { userId: GRACE.id, role: 'member' as const, joinedAt: 1, rev: 202, user: GRACE };
  await page.receives({ type: 'member_update', rev: 202, member, memberCount: 2 });
  await page.settle();
  expect(writes()).toEqual({ transactions: 1, put: { members: 1, ...POSITION }, deleted: {} });
  expect((await cached()).members.map(({ userId }) => userId).sort()).toEqual(
    [ADA.id, GRACE.id].sort(),
  );

  await page.receives({
    type: 'member_update',
    rev: 203,
    member: { ...member, rev: 203, leftAt: 5 },
    memberCount: 1,
  });
  await page.settle();
  expect(writes()).toEqual({ transactions: 1, put: POSITION, deleted: { members: 1 } });
  // She is named in messages.
  expect(await cached()).toMatchObject({ since: 203, members: [{ userId: ADA.id }] });
  expect((await cached()).users.map(({ id }) => id)).toEqual([GRACE.id]);

  await page.receives({ type: 'receipt_update', userId: ADA.id, readSeq: 200 });
  await page.settle();
  expect(writes()).toEqual({ transactions: 1, put: POSITION, deleted: {} });
  expect((await cached()).me.readSeq).toBe(200);
});

test('a page that opens again resumes from the cache and writes nothing', async () => {
  const before = await openPage(stateOf(200));
  const shown = before.client.getView().rows.map(({ key }) => key);
  before.client.close();
  const page = await openPage();
  expect(page.since).toBe(200);
  expect(page.client.getView().rows.map(({ key }) => key)).toEqual(shown);
  writes();
  await page.settle();
  expect(writes()).toEqual(NOTHING);
});

test('a page that is hidden writes at once, without a question to the database that it may not live to hear', async () => {
  const page = await openPage(stateOf(200));
  const asked = vi.spyOn(IDBObjectStore.prototype, 'getAllKeys');
  await page.receives(messageEvent(messageAt(201)));
  page.hide();
  expect((await cached()).since).toBe(201);
  expect(asked).not.toHaveBeenCalled();
  await page.settle();
  expect(writes()).toEqual({
    transactions: 1,
    put: { messages: 1, ...POSITION },
    deleted: { messages: 1 },
  });
});

test('a page that is hidden after another tab has written looks at the position first, and does not go back', async () => {
  const page = await openPage(stateOf(200));
  const { messages: _, members: __, ...group } = await cached();
  const db = await openDB('edgewise');
  await db.put('groups', { ...group, since: 205 });
  db.close();
  const otherTab = new BroadcastChannel('edgewise-cached');
  const told = new Promise((resolve) => {
    const third = new BroadcastChannel('edgewise-cached');
    third.addEventListener('message', () => resolve(third.close()));
  });
  otherTab.postMessage(`${ADA.id} ${GROUP_ID}`);
  await told;
  otherTab.close();
  await page.receives(messageEvent(messageAt(201)));
  page.hide();
  expect((await cached()).since).toBe(205);
  await page.settle();
  expect((await cached()).since).toBe(205);
  expect(writes().put).toEqual({ groups: 1 });
});

test('a page that dies before its rows are committed leaves the group as it was, and the next change heals it', async () => {
  const page = await openPage(stateOf(200));
  const before = await cached();
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const dying = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (
    this: IDBTransaction,
  ) {
    this.abort();
  });
  await page.receives(messageEvent(messageAt(201)), messageEvent(messageAt(202)));
  await page.settle();
  expect(writes().put).toEqual({ messages: 2, ...POSITION });
  expect(await cached()).toEqual(before);
  expect(warn).toHaveBeenCalledOnce();

  dying.mockRestore();
  await page.receives(messageEvent(messageAt(203)));
  await page.settle();
  expect(writes().put).toEqual({ messages: 3, ...POSITION });
  expect(await cached()).toMatchObject({ since: 203 });
  expect(contents(await cached()).slice(-3)).toEqual(['message 201', 'message 202', 'message 203']);
});

test('of two tabs the one that is ahead decides, and the other adds what is missing', async () => {
  const [state, ...later] = [stateOf(200), ...[201, 202, 203].map((seq) => messageAt(seq))];
  const [m201, m202, m203] = later.map((message) => messageEvent(message));
  if (!m201 || !m202 || !m203) throw new Error('there are no messages');
  const ahead = await openPage(state);
  const behind = await openPage();
  await ahead.receives(m201, m202);
  await ahead.settle();
  writes();
  await behind.receives(m201);
  await behind.settle();
  expect(writes()).toEqual({ transactions: 1, put: {}, deleted: {} });
  expect(await cached()).toMatchObject({ since: 202 });

  await behind.receives(m202, m203);
  await behind.settle();
  expect(writes()).toEqual({
    transactions: 1,
    put: { messages: 1, ...POSITION },
    deleted: { messages: 1 },
  });
  expect(contents(await cached()).slice(-3)).toEqual(['message 201', 'message 202', 'message 203']);
  // What the first one wrote is all there for it, too.
  await ahead.receives(m203);
  await ahead.settle();
  expect(writes().put).not.toHaveProperty('messages');
});

test('a reset of the server replaces what was cached above its counter', async () => {
  const page = await openPage(stateOf(200));
  await page.receives(stateAt(150, { messages: [messageAt(149), messageAt(150)] }));
  await page.settle();
  expect(await cached()).toMatchObject({ since: 150, hasBefore: false });
  expect(contents(await cached())).toEqual(['message 149', 'message 150']);
});

test('a group that the user has lost is not cached again', async () => {
  const page = await openPage(stateOf(200));
  await page.receives(messageEvent(messageAt(201)));
  page.client.forget();
  page.hide();
  page.clock.pass(COLLECTED_MS);
  await eventually(async () => {
    expect(await groupCache.read(ADA.id, GROUP_ID)).toBeUndefined();
  });
  page.client.close();
  page.clock.pass(COLLECTED_MS);
  expect(await groupCache.read(ADA.id, GROUP_ID)).toBeUndefined();
});
