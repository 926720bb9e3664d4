import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Member } from '../../../protocol/models.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { GroupClient } from '../../../web/realtime/group-client.ts';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { clientOnServer } from '../../support/client-on-server.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, GROUP_ID, messageAt, messageEvent, stateAt } from '../../support/group-events.ts';
import {
  type AcceptedSocket,
  type SocketServer,
  startSocketServer,
} from '../../support/socket-server.ts';

let server: SocketServer;
let client: GroupClient;

beforeEach(async () => {
  server = await startSocketServer();
  client = clientOnServer(server);
});

afterEach(async () => {
  client.close();
  await openOutboxStore().forget(ADA.id);
  await server.close();
});

/** Connects the client; returns its socket, on which nothing was sent yet. */
async function connect(): Promise<AcceptedSocket> {
  client.subscribe(() => undefined);
  return await server.accepted(0);
}

/** The group's state at rev 10, with my cursor in `me`. */
function stateFor(me: Partial<ThreadStateEvent['me']>): ThreadStateEvent {
  const state = stateAt(10, { messages: [messageAt(1), messageAt(9), messageAt(10)] });
  return { ...state, me: { ...state.me, ...me } };
}

test('a thread opened by its address starts at my read cursor, once that is known', async () => {
  const root = messageAt(1);
  client.openThread(root.id);
  const socket = await connect();
  expect(client.getView().thread?.openedReadSeq).toBeUndefined();
  socket.send(stateFor({ readThreads: [{ parentId: root.id, readSeq: 7, following: true }] }));
  await eventually(() => expect(client.getView().thread?.openedReadSeq).toBe(7));
  socket.send({ type: 'receipt_update', userId: ADA.id, parentId: root.id, readSeq: 9 });
  await eventually(() => expect(client.getView().me?.readThreads[0]?.readSeq).toBe(9));
  expect(client.getView().thread?.openedReadSeq).toBe(7);
});

test('watchers of users are notified when a user is loaded or renamed, and only then', async () => {
  const socket = await connect();
  socket.send(stateFor({}));
  await eventually(() => expect(client.getView().rows).toHaveLength(3));
  const { userOf } = client.getView();
  socket.send(messageEvent(messageAt(11)));
  await eventually(() => expect(client.getView().rows).toHaveLength(4));
  expect(client.getView().userOf).toBe(userOf);
  const user = { ...ADA, name: 'Countess' };
  const member: Member = { userId: ADA.id, role: 'owner', joinedAt: 1, rev: 12, user };
  socket.send({ type: 'member_update', rev: 12, member, memberCount: 1 });
  await eventually(() => expect(client.getView().userOf(ADA.id)?.name).toBe('Countess'));
  expect(client.getView().userOf).not.toBe(userOf);
});

test('signals after access was lost are stored nowhere', async () => {
  const socket = await connect();
  socket.send(stateFor({}));
  await eventually(() => expect(client.getView().connection.state).toBe('live'));
  socket.close(4403);
  await eventually(() => expect(client.getView().closed?.reason).toBe('forbidden'));
  client.remove(messageAt(1).id);
  await client.send('hello');
  const store = openOutboxStore();
  // Runs after pending writes.
  await store.forget('user_nobody');
  expect(await store.rowsOf(ADA.id, GROUP_ID)).toEqual([]);
});

test("a visit that starts without the server's unread count requests it once", async () => {
  const socket = await connect();
  const messages = [messageAt(9), messageAt(10)];
  socket.send({ ...stateFor({ readSeq: 2, unread: 212 }), messages, hasBefore: true });
  await eventually(() => expect(client.getView().divider).toMatchObject({ count: 212 }));
  socket.send({ type: 'receipt_update', userId: ADA.id, readSeq: 4 });
  await eventually(() => expect(client.getView().me?.readSeq).toBe(4));
  client.leave();
  client.subscribe(() => undefined);
  expect(client.getView().divider).toMatchObject({ count: 2, isAtLeast: true });
  const asked = () => socket.received.filter((frame) => frame.includes('thread_sync'));
  await eventually(() => expect(asked()).toHaveLength(1));
  const answer = stateFor({ readSeq: 5, unread: 209 });
  socket.send({ ...answer, reset: false, messages: [] });
  socket.send({
    ...answer,
    reset: false,
    messages: [],
    me: { ...answer.me, readSeq: 4, unread: 210 },
  });
  await eventually(() =>
    expect(client.getView().divider).toMatchObject({ count: 210, isAtLeast: false }),
  );
  expect(asked()).toHaveLength(1);
});

test("sending in a thread clears its divider, and not the group's", async () => {
  const root = messageAt(1);
  client.openThread(root.id);
  const socket = await connect();
  socket.send(
    stateFor({ readSeq: 9, readThreads: [{ parentId: root.id, readSeq: 7, following: true }] }),
  );
  await eventually(() => expect(client.getView().thread?.openedReadSeq).toBe(7));
  await client.send('hello', { parentId: root.id, alsoToGroup: false });
  expect(client.getView().thread?.openedReadSeq).toBeUndefined();
  expect(client.getView().divider?.afterSeq).toBe(9);
  client.clearDivider(messageAt(2).id);
  expect(client.getView().divider?.afterSeq).toBe(9);
});

test('a visit of a group that is connected has its divider at once, and not with the next change', async () => {
  const socket = await connect();
  socket.send(stateFor({ readSeq: 9 }));
  await eventually(() => expect(client.getView()).toMatchObject({ opening: 'known' }));
  client.leave();
  expect(client.getView()).toMatchObject({ opening: 'unknown' });
  const changes: string[] = [];
  client.subscribe(() => changes.push(client.getView().opening));
  expect(client.getView()).toMatchObject({ opening: 'known', divider: { afterSeq: 9 } });
  await eventually(() => expect(changes[0]).toBe('known'));
});

test('before the server has answered, a group is known to open at its end only if nothing in it is new', async () => {
  const socket = await connect();
  socket.send(stateFor({ readSeq: 9 }));
  await eventually(() => expect(client.getView().opening).toBe('known'));
  client.leave();
  expect(client.getView().opening).toBe('unknown');
  socket.send({ type: 'receipt_update', userId: ADA.id, readSeq: 10 });
  await eventually(() => expect(client.getView().opening).toBe('below'));
});

test('the receipt of my last message goes in the frame in which the next one has its line', async () => {
  const socket = await connect();
  const mine = messageAt(10, { userId: ADA.id });
  socket.send({ ...stateFor({}), messages: [messageAt(9), mine] });
  const receipts = () =>
    client
      .getView()
      .rows.map((row) => (row.state === 'sent' ? row.receipt?.state : row.hasReceipt));
  await eventually(() => expect(receipts()).toEqual([undefined, 'sent']));
  await client.send('hello');
  expect(receipts()).toEqual([undefined, undefined, true]);
  const id = client.getView().rows[2]?.key ?? '';
  socket.send(messageEvent(messageAt(11, { id, userId: ADA.id, content: 'hello' })));
  await eventually(() => expect(receipts()).toEqual([undefined, undefined, 'sent']));
});
