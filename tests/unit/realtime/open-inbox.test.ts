import { afterEach, beforeEach, expect, test } from 'vitest';
import { openInbox } from '../../../web/realtime/inbox/open-inbox.ts';
import { eventually } from '../../support/eventually.ts';
import { ADA, ADA_SESSION } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import {
  type AcceptedSocket,
  type SocketServer,
  startSocketServer,
} from '../../support/socket-server.ts';

const AWAY_AFTER_MS = 10 * 60_000;
const AWAY = JSON.stringify({ type: 'presence', state: 'away' });

let server: SocketServer;
let clock: ManualClock;
let received: string[];
let isLive: boolean;
let close: () => void;

beforeEach(async () => {
  server = await startSocketServer();
  clock = manualClock();
  received = [];
  isLive = false;
  close = openInbox({
    session: ADA_SESSION,
    origin: server.origin,
    clock,
    wake: { isOnline: () => true, watch: () => () => undefined },
    usage: { watch: () => () => undefined },
    random: () => 1,
    received: (events) => received.push(...events.map(({ type }) => type)),
    changed: (live) => {
      isLive = live;
    },
  });
});

afterEach(async () => {
  close();
  await server.close();
});

/** Sends text as a frame of one event. */
function say(socket: AcceptedSocket, event: object): void {
  socket.say(JSON.stringify([event]));
}

/** Admits the client's `count`th connection from 0. */
async function admit(count: number): Promise<AcceptedSocket> {
  const socket = await server.accepted(count);
  say(socket, { type: 'inbox_state', n: 1, user: ADA, groups: [] });
  await eventually(() => expect(isLive).toBe(true));
  return socket;
}

test('events are received in order, of unknown types too', async () => {
  const socket = await admit(0);
  say(socket, { type: 'fireworks', n: 2 });
  say(socket, { type: 'user_update', n: 3, user: ADA });
  await eventually(() => expect(received).toEqual(['inbox_state', 'strange', 'user_update']));
  expect(server.sockets).toHaveLength(1);
});

test('after a gap nothing is applied until the next connection sends the state', async () => {
  const socket = await admit(0);
  say(socket, { type: 'user_update', n: 3, user: ADA });
  await eventually(() => expect(isLive).toBe(false));
  expect(received).toEqual(['inbox_state']);
  clock.pass(500);
  await admit(1);
  await eventually(() => expect(received).toEqual(['inbox_state', 'inbox_state']));
});

test('a connection that is lost is not live, and comes back', async () => {
  const socket = await admit(0);
  socket.cut();
  await eventually(() => expect(isLive).toBe(false));
  clock.pass(500);
  await admit(1);
});

test('a user who is away is so on the next connection too', async () => {
  const socket = await admit(0);
  // The server answers the pings of that time.
  for (let passed = 0; passed < AWAY_AFTER_MS; passed += 10_000) {
    socket.say('pong');
    await new Promise((resolve) => setImmediate(resolve));
    clock.pass(10_000);
  }
  const next = isLive ? socket : await admit(server.sockets.length - 1);
  await eventually(() => expect(next.received).toContain(AWAY));
});
