import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { LEASE_MS, LEASE_RENEW_AT, PING_EVERY_MS } from '../../../protocol/limits.ts';
import { parseEvents, type ReceivedEvent } from '../../../web/realtime/connection/parse-frame.ts';
import { SocketTransport } from '../../../web/realtime/connection/socket-transport.ts';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID, stateAt } from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const READ: ClientFrame = { type: 'thread_read', seq: 5, mark: 0 };
const RENEWAL = JSON.stringify({ type: 'auth', token: 'renewed' });

/** A browser's socket whose state the test sets. Browsers log an error when a socket sends unless it is open. */
class BrowserSocket extends EventTarget {
  static opened: BrowserSocket[] = [];
  binaryType = 'blob';
  readyState: number = WebSocket.CONNECTING;
  readonly sent: string[] = [];
  readonly sentTooLate: string[] = [];

  constructor() {
    super();
    BrowserSocket.opened.push(this);
  }

  send(text: string): void {
    (this.readyState === WebSocket.OPEN ? this.sent : this.sentTooLate).push(text);
  }

  close(): void {
    this.readyState = WebSocket.CLOSING;
  }

  hear(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

/** Every way to make a transport write to its socket. */
const SENDERS: [name: string, sent: string, send: () => Promise<void> | void][] = [
  ['a frame', JSON.stringify(READ), () => void transport.send(READ)],
  ['a probe', 'ping', () => transport.probe()],
  ['the heartbeat', 'ping', () => clock.pass(PING_EVERY_MS)],
  ['a renewal of the lease', RENEWAL, () => renewLease()],
];

const OPEN = 1;
const NOT_OPEN = [
  ['connecting', 0],
  ['closing', 2],
  ['closed', 3],
] as const;

let clock: ManualClock;
let transport: SocketTransport<ReceivedEvent, ClientFrame>;
let socket: BrowserSocket;
let giveToken: (token: string) => void;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', Object.assign(BrowserSocket, { CONNECTING: 0, OPEN, CLOSING: 2 }));
  vi.spyOn(console, 'warn');
  BrowserSocket.opened = [];
  clock = manualClock();
  const nothing = () => undefined;
  transport = new SocketTransport(
    {
      address: `ws://localhost/api/groups/${GROUP_ID}/socket`,
      token: 'first',
      getToken: () => new Promise((resolve) => (giveToken = resolve)),
      clock,
      firstEvent: 'thread_state',
      parse: parseEvents,
    },
    { live: nothing, upToDate: nothing, heard: nothing, received: nothing, ended: nothing },
  );
  socket = await eventually(() => {
    const [opened] = BrowserSocket.opened;
    if (!opened) throw new Error('no socket was opened');
    return opened;
  });
  socket.readyState = OPEN;
  socket.dispatchEvent(new Event('open'));
  socket.hear(JSON.stringify([stateAt(5)]));
});

afterEach(() => {
  transport.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Provides the token for a lease renewal that is due. */
async function renewLease(): Promise<void> {
  giveToken('renewed');
  await turn();
}

/** Passes time until the lease is due; the server answers pings meanwhile. */
function reachRenewal(): void {
  const stepMs = PING_EVERY_MS / 2;
  for (let passed = 0; passed < LEASE_MS * LEASE_RENEW_AT; passed += stepMs) {
    socket.hear('pong');
    clock.pass(stepMs);
  }
  socket.hear('pong');
}

describe.each(SENDERS)('%s', (_name, sent, send) => {
  beforeEach(reachRenewal);

  test('is sent while the socket is open', async () => {
    await send();
    expect(socket.sent).toEqual([sent]);
  });

  test.each(NOT_OPEN)('is not written to a socket that is %s', async (_state, readyState) => {
    socket.readyState = readyState;
    await send();
    expect([...socket.sent, ...socket.sentTooLate]).toEqual([]);
  });

  test('is not written after the transport was closed, without a warning', async () => {
    transport.close();
    await send();
    expect([...socket.sent, ...socket.sentTooLate]).toEqual([]);
    expect(console.warn).not.toHaveBeenCalled();
  });
});

test('send returns whether the transport accepted the frame', () => {
  expect(transport.send(READ)).toBe(true);
  for (const [, readyState] of NOT_OPEN) {
    socket.readyState = readyState;
    expect(transport.send(READ)).toBe(false);
  }
});

test('a frame that was not accepted is not sent later', () => {
  socket.readyState = 0;
  transport.send(READ);
  socket.readyState = OPEN;
  socket.dispatchEvent(new Event('open'));
  expect(socket.sent).toEqual([]);
});

test('a lease renewal that a closing socket did not accept is retried', async () => {
  reachRenewal();
  socket.readyState = 2;
  await renewLease();
  socket.readyState = OPEN;
  clock.pass(10_000);
  await renewLease();
  expect(socket.sent).toEqual([RENEWAL]);
});
