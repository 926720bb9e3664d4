import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SOCKET_SILENT_MS } from '../../../protocol/limits.ts';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import { Backlog } from '../../../worker/sockets/backlog.ts';
import { Broadcast } from '../../../worker/sockets/broadcast.ts';
import { Busyness } from '../../../worker/sockets/busyness.ts';
import { Connections } from '../../../worker/sockets/connections.ts';
import { asPlatform, type FakeSocket, fakeSockets } from '../../support/fake-sockets.ts';
import { messageAt } from '../../support/group-events.ts';

const LEASE_MS = 10 * 60_000;
const DELIVERED_EVERY_MS = 2_000;

let hot: boolean;
let ended: string[];
let held: ReturnType<typeof fakeSockets>;
let hibernating: ReturnType<typeof fakeSockets>;
let connections: Connections;
let broadcast: Broadcast;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  hot = false;
  ended = [];
  held = fakeSockets();
  hibernating = fakeSockets();
  const clock = () => Date.now();
  connections = new Connections({
    clock,
    held,
    hibernating,
    backlog: new Backlog(clock, () => DELIVERED_EVERY_MS),
    isHot: () => hot,
    ended: (userId) => ended.push(userId),
  });
  broadcast = new Broadcast(connections, clock, new Busyness(clock));
});

afterEach(() => {
  vi.useRealTimers();
});

function connect(userId: string, kind = hibernating): FakeSocket {
  const connectedAt = Date.now();
  return kind.add({
    userId,
    sessionId: `session of ${userId}`,
    connectedAt,
    leaseUntil: connectedAt + LEASE_MS,
    activity: 'online',
    sent: 0,
  });
}

const read = (readSeq: number): ServerEvent => ({ type: 'receipt_update', userId: 'ada', readSeq });

test('an event for one user goes to all of their sockets, in order, and to nobody else', () => {
  const [adas, adasPhone, graces] = [connect('ada'), connect('ada', held), connect('grace')];
  broadcast.publish(read(1));
  broadcast.publish(read(2), { onlyTo: 'ada' });
  broadcast.publish(read(3));
  broadcast.flush();
  for (const socket of [adas, adasPhone]) expect(socket.sent).toEqual([read(1), read(2), read(3)]);
  expect(graces.sent).toEqual([read(1), read(3)]);
});

test('an event about a user goes to the sockets that watch the user, and on each only what it watches', () => {
  const [both, one, none] = [connect('ada'), connect('ada', held), connect('grace')];
  const expired = connect('linus');
  const gone = connect('linus');
  for (const socket of [both, expired, gone]) {
    connections.setWatching(asPlatform(socket), ['hedy', 'grace']);
  }
  connections.setWatching(asPlatform(one), ['linus', 'grace']);
  gone.close(1000);
  vi.advanceTimersByTime(LEASE_MS);
  for (const socket of [both, one, none]) {
    connections.renew(asPlatform(socket), 'another session', Date.now() + LEASE_MS);
  }
  const event = (userId: string) => ({ type: 'presence_update', userId, state: 'away' });
  const events = ['grace', 'hedy', 'margaret'].map((id) => [id, event(id)] as const);
  connections.sendWatched(new Map(events));
  expect(both.sent).toEqual([event('hedy'), event('grace')]);
  expect(one.sent).toEqual([event('grace')]);
  expect([none.sent, expired.sent, gone.sent]).toEqual([[], [], []]);
});

test('a socket whose client has vanished is closed after 75 s of silence', () => {
  const [silent, alive] = [connect('ada'), connect('grace')];
  vi.advanceTimersByTime(50_000);
  alive.pingedAt = Date.now();
  expect(connections.closeExpired()).toBe(1_000_000 + SOCKET_SILENT_MS + 1);
  vi.advanceTimersByTime(25_001);
  expect(connections.closeExpired()).toBe(alive.pingedAt + SOCKET_SILENT_MS + 1);
  expect([silent.closedWith, alive.closedWith]).toEqual([4503, undefined]);
  expect(ended).toEqual(['ada']);
});

test('a socket is closed when its lease expires, even while it is active', () => {
  const socket = connect('ada');
  vi.advanceTimersByTime(LEASE_MS);
  socket.pingedAt = Date.now();
  expect(connections.closeExpired()).toBeUndefined();
  expect(socket.closedWith).toBe(4401);
});

test('a client that does not acknowledge is closed once megabytes are unacknowledged, and other clients stay', () => {
  const [stuck, healthy] = [connect('ada'), connect('grace')];
  const content = 'x'.repeat(1024 * 1024);
  for (let rev = 1; rev <= 8; rev += 1) {
    connections.acknowledge(asPlatform(healthy));
    broadcast.publish({ type: 'message', rev, message: messageAt(rev, { content }) });
    broadcast.flush();
    vi.advanceTimersByTime(DELIVERED_EVERY_MS);
  }
  expect([stuck.closedWith, healthy.closedWith]).toEqual([4503, undefined]);
});

test('events that need no acknowledgement do not count as backlog', () => {
  const socket = connect('ada');
  const typing: ServerEvent = {
    type: 'thread_typing_update',
    parentId: null,
    userId: 'x'.repeat(1024 * 1024),
    typing: true,
  };
  for (let n = 0; n < 8; n += 1) {
    broadcast.publish(typing);
    broadcast.flush();
    vi.advanceTimersByTime(DELIVERED_EVERY_MS);
  }
  expect(socket.closedWith).toBeUndefined();
});

test('a socket that the Room closed is removed once, whatever close events follow', () => {
  const socket = asPlatform(connect('ada'));
  connections.close(socket, 4503, 'too slow');
  expect(ended).toEqual(['ada']);
  expect(connections.forget(socket)).toBeUndefined();
  connections.close(socket, 4503, 'too slow');
  expect(ended).toEqual(['ada']);
});

test('in-memory sockets are closed a few at a time once the Room has cooled down', () => {
  const sockets = Array.from({ length: 40 }, () => connect('ada', held));
  hot = true;
  connections.releaseHeld();
  expect(held.open()).toHaveLength(40);
  hot = false;
  expect(connections.releaseHeld()).toBe(Date.now() + 1_000);
  expect(held.open()).toHaveLength(15);
  connections.releaseHeld();
  expect(sockets.every((socket) => socket.closedWith === 4503)).toBe(true);
});

test("an ended session loses its sockets, and the user's other sessions keep theirs", () => {
  const [one, other] = [connect('ada'), connect('ada')];
  connections.renew(asPlatform(other), 'another session', Date.now() + LEASE_MS);
  connections.closeRevoked({ userId: 'ada', sessionId: 'session of ada' });
  expect([one.closedWith, other.closedWith]).toEqual([4401, undefined]);
  connections.closeRevoked({ userId: 'ada' });
  expect(other.closedWith).toBe(4401);
});
