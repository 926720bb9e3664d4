import { afterEach, beforeEach, expect, test } from 'vitest';
import { restoringDetail } from '../../../protocol/restoring.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import {
  connectGroup,
  type GroupConnection,
} from '../../../web/realtime/connection/connect-group.ts';
import type { ReceivedEvent } from '../../../web/realtime/connection/parse-frame.ts';
import type { ClosedView } from '../../../web/realtime/group-view.ts';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID, stateAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import {
  type AcceptedSocket,
  type SocketServer,
  startSocketServer,
} from '../../support/socket-server.ts';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 30_000;

let server: SocketServer;
let clock: ManualClock;
let connection: GroupConnection;
let received: ReceivedEvent[];
let closed: ClosedView[];
let wasRevoked: boolean;
let tokens: { given: number; fresh: number };
/** The session's response to a request for a token. */
let giveToken: () => Promise<string | undefined>;
let isOnline: boolean;
let changeWake: () => void;
/** The number of changes of the connection's view: one when it starts to wait for the next attempt. */
let changes: number;
let position: { since: number; epoch: string } | undefined;

beforeEach(async () => {
  server = await startSocketServer();
  clock = manualClock();
  received = [];
  closed = [];
  wasRevoked = false;
  tokens = { given: 0, fresh: 0 };
  giveToken = async () => `token-${tokens.given}`;
  isOnline = true;
  changes = 0;
  position = undefined;
  connection = connectGroup({
    session: {
      getToken(options) {
        tokens.given += 1;
        if (options?.fresh) tokens.fresh += 1;
        return giveToken();
      },
      signOut: async () => {
        wasRevoked = true;
      },
    },
    groupId: GROUP_ID,
    origin: server.origin,
    position: () => position,
    ready: async () => undefined,
    heardBefore: () => undefined,
    clock,
    wake: {
      isOnline: () => isOnline,
      watch(changed) {
        changeWake = changed;
        return () => undefined;
      },
    },
    random: () => 1,
    received: (events) => received.push(...events),
    changed: () => {
      changes += 1;
    },
    closed: (view) => closed.push(view),
    upToDate: () => undefined,
    tooLarge: () => undefined,
  });
});

afterEach(async () => {
  connection.close();
  await server.close();
});

/** The `n`th socket that the client opened. */
const socket = (n: number) => server.accepted(n);

/** Waits for the `n`th socket and sends the state on it. */
async function goLive(n = 0): Promise<AcceptedSocket> {
  if (n === 0) connection.open();
  const opened = await socket(n);
  opened.send(stateAt(5));
  await eventually(() => expect(connection.view.state).toBe('live'));
  return opened;
}

const isLost = () => eventually(() => expect(connection.view.state).not.toBe('live'));

test('a connection offers the subprotocol and the token, and sends its position', async () => {
  position = { since: 7, epoch: 'first' };
  connection.open();
  const { protocols, query } = await socket(0);
  expect(protocols).toEqual(['edgewise.v1', 'bearer.token-1']);
  expect(Object.fromEntries(query)).toEqual({ since: '7', epoch: 'first' });
});

test('a connection is live with the first state, and passes every event on in order', async () => {
  const opened = await goLive();
  opened.send({ type: 'from_the_future', rev: 6 }, { type: 'also_unknown' });
  await eventually(() => expect(received).toHaveLength(3));
  expect(received.slice(1)).toEqual([{ type: 'strange', rev: 6 }, { type: 'strange' }]);
});

test('text that is not a frame is ignored', async () => {
  const opened = await goLive();
  opened.say('not json');
  opened.say('{"type":"message"}');
  opened.send({ type: 'last', rev: 6 });
  await eventually(() => expect(received.at(-1)).toEqual({ type: 'strange', rev: 6 }));
  expect(connection.view.state).toBe('live');
});

test('a lost connection reconnects with a new token and its position', async () => {
  const first = await goLive();
  position = { since: 5, epoch: 'first' };
  first.cut();
  await isLost();
  expect(connection.view.state).toBe('reconnecting');
  clock.pass(500);
  const second = await socket(1);
  expect(second.protocols).toContain('bearer.token-2');
  expect(second.query.get('since')).toBe('5');
});

test('the wait doubles with every failure, up to 30 s', async () => {
  connection.open();
  for (const [n, wait] of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000].entries()) {
    (await socket(n)).close(1011);
    await eventually(() => expect(changes).toBe(n + 1));
    clock.pass(wait - 1);
    expect(server.sockets).toHaveLength(n + 1);
    clock.pass(1);
  }
  expect((await socket(8)).protocols).toContain('bearer.token-9');
});

test('after three failures a connection reports offline, and since when', async () => {
  await goLive();
  const heardAt = clock.now();
  await server.close();
  for (const failures of [1, 2, 3]) {
    await eventually(() => expect(changes).toBe(1 + failures));
    clock.pass(LONGEST_WAIT_MS);
  }
  await eventually(() =>
    expect(connection.view).toMatchObject({ state: 'offline', since: heardAt }),
  );
  server = await startSocketServer();
});

test('a connection reconnects at once when the network returns', async () => {
  const opened = await goLive();
  isOnline = false;
  opened.cut();
  await isLost();
  expect(connection.view.state).toBe('offline');
  isOnline = true;
  changeWake();
  await socket(1);
});

test('a connection pings every 25 s, and reconnects without a pong within 10 s', async () => {
  const opened = await goLive();
  clock.pass(25_000);
  await eventually(() => expect(opened.received).toEqual(['ping']));
  opened.say('pong');
  opened.send({ type: 'after_the_pong' });
  await eventually(() => expect(received).toHaveLength(2));
  clock.pass(25_000);
  await eventually(() => expect(opened.received).toEqual(['ping', 'ping']));
  clock.pass(10_000);
  expect(connection.view.state).toBe('reconnecting');
  clock.pass(500);
  await socket(1);
});

test('a browser that says that it is offline is believed if no pong comes within 2 s', async () => {
  const opened = await goLive();
  clock.pass(25_000);
  await eventually(() => expect(opened.received).toEqual(['ping']));
  isOnline = false;
  changeWake();
  clock.pass(1_999);
  expect(connection.view.state).toBe('live');
  clock.pass(1);
  expect(connection.view.state).toBe('offline');
  expect(opened.received).toEqual(['ping']);
});

test('a connection renews its lease after eight minutes', async () => {
  const opened = await goLive();
  for (let minute = 0; minute < 8; minute += 0.25) {
    clock.pass(MINUTE_MS / 4);
    const heard = received.length;
    opened.say('pong');
    opened.send({ type: 'after_the_pong' });
    await eventually(() => expect(received.length).toBeGreaterThan(heard));
  }
  await eventually(() => expect(opened.received).toContain('{"type":"auth","token":"token-2"}'));
});

test('4401 is retried once with a fresh token, and the second 4401 is final', async () => {
  connection.open();
  (await socket(0)).close(4401);
  const second = await socket(1);
  expect(tokens.fresh).toBe(1);
  second.close(4401);
  await eventually(() => expect(closed).toEqual([{ reason: 'signed_out' }]));
  expect(wasRevoked).toBe(false);
});

test('a revoked session signs out and does not reconnect', async () => {
  const opened = await goLive();
  opened.close(4401, 'revoked');
  await eventually(() => expect(closed).toEqual([{ reason: 'forgotten' }]));
  expect(wasRevoked).toBe(true);
  clock.pass(MINUTE_MS);
  expect(server.sockets).toHaveLength(1);
});

test.each([
  [4400, 'outdated'],
  [4403, 'forbidden'],
  [4404, 'not_found'],
  [4413, 'outdated'],
] as const)('%i stops for good: %s', async (code, reason) => {
  const opened = await goLive();
  opened.close(code);
  await eventually(() => expect(closed).toEqual([{ reason }]));
  changeWake();
  clock.pass(MINUTE_MS);
  expect(server.sockets).toHaveLength(1);
});

test('4429 waits as long as the preceding error says, also when the network wakes', async () => {
  const opened = await goLive();
  const tooMany: ErrorEvent = {
    type: 'error',
    code: 'rate_limited',
    message: 'Too many connections.',
    retryAfterMs: 4_000,
  };
  opened.send(tooMany);
  opened.close(4429);
  await isLost();
  changeWake();
  connection.reconnect();
  clock.pass(3_999);
  expect(server.sockets).toHaveLength(1);
  expect(tokens.given).toBe(1);
  clock.pass(1);
  await socket(1);
});

test('4503 waits as long as the preceding error says, and the view has the reason until it is live again', async () => {
  const message = restoringDetail(40);
  connection.open();
  const refused = await socket(0);
  refused.send({ type: 'error', code: 'unavailable', message, retryAfterMs: 4_000 });
  refused.close(4503, message);
  await eventually(() => expect(connection.view).toMatchObject({ reason: message }));
  clock.pass(3_999);
  expect(server.sockets).toHaveLength(1);
  clock.pass(1);
  (await socket(1)).send(stateAt(5));
  await eventually(() => expect(connection.view).toEqual({ state: 'live' }));
});

test('a wait that an error named before other events does not delay what follows a later close', async () => {
  const opened = await goLive();
  opened.send({ type: 'error', code: 'rate_limited', message: 'Wait.', retryAfterMs: 60_000 });
  opened.send({ type: 'from_the_future', rev: 6 });
  opened.close(4503, 'moving');
  await isLost();
  clock.pass(500);
  await socket(1);
});

test('4503 reconnects', async () => {
  (await goLive()).close(4503);
  await isLost();
  clock.pass(500);
  await socket(1);
});

test('an ended session opens no socket', async () => {
  giveToken = async () => undefined;
  connection.open();
  await eventually(() => expect(closed).toEqual([{ reason: 'signed_out' }]));
  expect(server.sockets).toEqual([]);
});

test('a token that cannot be fetched right now is requested again', async () => {
  giveToken = () => Promise.reject(new Error('no network'));
  connection.open();
  await eventually(() => expect(changes).toBe(1));
  giveToken = async () => 'at-last';
  clock.pass(500);
  expect((await socket(0)).protocols).toContain('bearer.at-last');
});

test('a closed connection does nothing more', async () => {
  const opened = await goLive();
  connection.close();
  opened.send({ type: 'too_late' });
  clock.pass(MINUTE_MS);
  changeWake();
  expect(received).toHaveLength(1);
  expect(server.sockets).toHaveLength(1);
});

test('a stopped connection can be opened again', async () => {
  (await goLive()).close(4403);
  await eventually(() => expect(closed).toHaveLength(1));
  connection.open();
  await goLive(1);
});
