import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClientFrame } from '../../../protocol/client-frames.ts';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import type { GroupClient } from '../../../web/realtime/group-client.ts';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { storedPendingSignals } from '../../../web/realtime/signals/pending-signals.ts';
import { clientOnServer } from '../../support/client-on-server.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt, messageEvent, stateAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import {
  type AcceptedSocket,
  type SocketServer,
  startSocketServer,
} from '../../support/socket-server.ts';

const MINE = messageAt(1, { userId: ADA.id, content: 'helo' });
const FOLLOWED = messageAt(2);
const LEFT = messageAt(3);
const NEWEST = messageAt(4);
const UNDO_MS = 5_000;
const NOTHING_UNTOLD = { reads: {}, moves: {}, follows: {} };

/** A page that shows the group. It is dead once the next one opens: its clock no longer moves. */
interface Page {
  client: GroupClient;
  clock: ManualClock;
  socket: AcceptedSocket;
  /** Leaves the page. */
  leave(): void;
  /** The frames of this type that the server received from it. */
  received(type: ClientFrame['type']): ClientFrame[];
}

let server: SocketServer;
let clients: GroupClient[];

beforeEach(async () => {
  server = await startSocketServer();
  clients = [];
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

afterEach(async () => {
  for (const client of clients) client.close();
  await openOutboxStore().forget(ADA.id);
  await server.close();
  vi.unstubAllGlobals();
});

/** Opens a page and waits until it is live. */
async function openPage(): Promise<Page> {
  const clock = manualClock();
  const before = server.sockets.length;
  let leave = (): void => undefined;
  const client = clientOnServer(server, {
    clock,
    usage: {
      watch({ left }) {
        leave = left;
        return () => undefined;
      },
    },
  });
  clients.push(client);
  client.subscribe(() => undefined);
  const socket = await server.accepted(before);
  const state = stateAt(4, { messages: [MINE, FOLLOWED, LEFT, NEWEST] });
  const readThreads = [
    { parentId: FOLLOWED.id, readSeq: 2, following: true },
    { parentId: LEFT.id, readSeq: 3, following: false },
  ];
  socket.send({ ...state, me: { ...state.me, readSeq: 3, readThreads } });
  await isLive(client, true);
  return {
    client,
    clock,
    socket,
    leave: () => leave(),
    received: (type) =>
      socket.received
        .filter((text) => text !== 'ping')
        .map((text) => ClientFrame.parse(JSON.parse(text)))
        .filter((frame) => frame.type === type),
  };
}

async function isLive(client: GroupClient, wanted: boolean): Promise<void> {
  await eventually(() => expect(client.getView().connection.state === 'live').toBe(wanted));
}

/** Passes time on a page until the server receives a frame of this type; returns the last. */
async function receives(page: Page, type: ClientFrame['type']): Promise<ClientFrame> {
  return await eventually(() => {
    page.clock.pass(500);
    const frame = page.received(type).at(-1);
    if (!frame) throw new Error(`no ${type} arrived`);
    return frame;
  });
}

/** The unacknowledged changes and signals that the browser stores. */
async function expectNothingKept(): Promise<void> {
  await eventually(async () => {
    expect(await openOutboxStore().rowsOf(ADA.id, GROUP_ID)).toEqual([]);
    expect(storedPendingSignals(ADA.id, GROUP_ID).read()).toEqual(NOTHING_UNTOLD);
  });
}

interface Action {
  what: string;
  act(client: GroupClient): void;
  frame: { type: ClientFrame['type'] } & Record<string, unknown>;
  acknowledgement(frame: ClientFrame): ServerEvent;
}

const receipt = (change: object) => (): ServerEvent => ({
  type: 'receipt_update',
  userId: ADA.id,
  ...change,
});

const actions: Action[] = [
  {
    what: 'a message',
    act: (client) => void client.send('hello'),
    frame: { type: 'message', content: 'hello' },
    acknowledgement: (frame) =>
      messageEvent(
        messageAt(5, { userId: ADA.id, id: frame.type === 'message' ? frame.id : MINE.id }),
      ),
  },
  {
    what: 'an edit',
    act: (client) => client.edit(MINE.id, 'hello'),
    frame: { type: 'edit_message', id: MINE.id, content: 'hello' },
    acknowledgement: () => ({
      type: 'message_update',
      rev: 5,
      message: { ...MINE, rev: 5, content: 'hello', edited: true },
    }),
  },
  {
    what: 'a deletion',
    act: (client) => client.remove(MINE.id),
    frame: { type: 'delete_message', id: MINE.id },
    acknowledgement: () => ({
      type: 'message_delete',
      rev: 5,
      id: MINE.id,
      seq: MINE.seq,
      deletedAt: 5,
    }),
  },
  {
    what: 'a reaction',
    act: (client) => client.react(NEWEST.id, '👍', 'add'),
    frame: { type: 'reaction', id: NEWEST.id, emoji: '👍', op: 'add' },
    acknowledgement: () => ({
      type: 'reaction_update',
      rev: 5,
      id: NEWEST.id,
      seq: NEWEST.seq,
      emoji: '👍',
      userId: ADA.id,
      op: 'add',
      count: 1,
    }),
  },
  {
    what: 'reading',
    act: (client) => client.read(4),
    frame: { type: 'thread_read', seq: 4, mark: 0 },
    acknowledgement: receipt({ readSeq: 4 }),
  },
  {
    what: 'marking as unread',
    act: (client) => client.markUnread(2),
    frame: { type: 'thread_read', seq: 1, mark: 0, manual: true },
    acknowledgement: receipt({ readSeq: 1, mark: 1 }),
  },
  {
    what: 'following a thread',
    act: (client) => client.follow(LEFT.id, true),
    frame: { type: 'thread_follow', parentId: LEFT.id, following: true },
    acknowledgement: receipt({ parentId: LEFT.id, readSeq: 3, following: true }),
  },
  {
    what: 'leaving a thread',
    act: (client) => client.follow(FOLLOWED.id, false),
    frame: { type: 'thread_follow', parentId: FOLLOWED.id, following: false },
    acknowledgement: receipt({ parentId: FOLLOWED.id, readSeq: 2, following: false }),
  },
];

const moments: [when: string, actAndClose: (page: Page, action: Action) => Promise<void>][] = [
  [
    'whose page is closed at once',
    async ({ client, socket }, { act }) => {
      act(client);
      socket.cut();
    },
  ],
  [
    'whose page is closed before the acknowledgement',
    async (page, { act, frame }) => {
      act(page.client);
      await receives(page, frame.type);
      page.socket.cut();
    },
  ],
  [
    'that was made offline, and whose page is closed,',
    async ({ client, socket }, { act }) => {
      socket.cut();
      await isLive(client, false);
      act(client);
    },
  ],
];

for (const action of actions) {
  const { what, frame, acknowledgement } = action;
  test.each(moments)(
    `${what} %s is sent by the next page, and kept until it is acknowledged`,
    async (_, actAndClose) => {
      await actAndClose(await openPage(), action);
      const next = await openPage();
      const sent = await receives(next, frame.type);
      expect(sent).toMatchObject(frame);
      next.socket.send(acknowledgement(sent));
      await expectNothingKept();
    },
  );
}

test('a deletion is stored at the click and sent when the time to undo it has passed', async () => {
  const { client, clock, received } = await openPage();
  client.remove(MINE.id);
  expect(client.getView()).toMatchObject({ removed: MINE.id });
  expect(client.getView().rows.map(({ key }) => key)).not.toContain(MINE.id);
  await eventually(async () =>
    expect(await openOutboxStore().rowsOf(ADA.id, GROUP_ID)).toHaveLength(1),
  );
  clock.pass(UNDO_MS - 1);
  expect(received('delete_message')).toEqual([]);
  expect(client.getView().removed).toBe(MINE.id);
  clock.pass(1);
  await eventually(() => expect(received('delete_message')).toHaveLength(1));
  expect(client.getView().removed).toBeUndefined();
});

test('an undone deletion leaves nothing behind, and the next page does not send it', async () => {
  const { client, clock, received, socket } = await openPage();
  client.remove(MINE.id);
  client.undoRemoval(MINE.id);
  expect(client.getView().rows.map(({ key }) => key)).toContain(MINE.id);
  expect(client.getView().removed).toBeUndefined();
  socket.cut();
  const next = await openPage();
  expect(next.client.getView().rows.map(({ key }) => key)).toContain(MINE.id);
  await expectNothingKept();
  for (const page of [clock, next.clock]) page.pass(UNDO_MS);
  await next.client.send('afterwards');
  await receives(next, 'message');
  expect([...received('delete_message'), ...next.received('delete_message')]).toEqual([]);
});

test('a pending edit is still there after a deletion is undone', async () => {
  const { client, socket } = await openPage();
  socket.cut();
  await isLive(client, false);
  client.edit(MINE.id, 'hello');
  client.remove(MINE.id);
  client.undoRemoval(MINE.id);
  expect(await receives(await openPage(), 'edit_message')).toMatchObject({ content: 'hello' });
});

test('leaving the page sends all deletions at once', async () => {
  const { client, leave, received } = await openPage();
  client.remove(MINE.id);
  client.remove(NEWEST.id);
  leave();
  await eventually(() =>
    expect(received('delete_message')).toMatchObject([{ id: MINE.id }, { id: NEWEST.id }]),
  );
});

test('a follow that the server refuses is not retried by the next pages', async () => {
  const { client, received, socket } = await openPage();
  client.follow(LEFT.id, true);
  await eventually(() => expect(received('thread_follow')).toHaveLength(1));
  const [frame] = received('thread_follow');
  const ref = frame?.ref ?? '';
  socket.send({ type: 'error', code: 'not_found', message: 'There is no such message.', ref });
  await expectNothingKept();
});

test('a group to which access was lost leaves no pending signals', async () => {
  const { client, socket } = await openPage();
  client.markUnread(2);
  client.follow(LEFT.id, true);
  client.remove(MINE.id);
  socket.close(4403);
  await eventually(() => expect(client.getView().closed?.reason).toBe('forbidden'));
  client.follow(FOLLOWED.id, false);
  client.markRead(4);
  await expectNothingKept();
});
