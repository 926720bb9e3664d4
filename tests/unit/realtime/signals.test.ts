import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { ServerEvent, ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { GroupReplica } from '../../../web/realtime/replica/group-replica.ts';
import { ownQuiet } from '../../../web/realtime/signals/own-quiet.ts';
import { storedPendingSignals } from '../../../web/realtime/signals/pending-signals.ts';
import { Signals } from '../../../web/realtime/signals/signals.ts';
import {
  ADA,
  GROUP_ID,
  messageAt,
  messageEvent,
  replicaOf,
  stateAt,
} from '../../support/group-events.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';

const ROOT = messageAt(1);
const TEN_MINUTES_MS = 10 * 60_000;

let clock: ManualClock;
let replica: GroupReplica;
let isLive: boolean;
/** Whether the connection accepts frames: not while its socket is closing. */
let isTaken: boolean;
let sent: ClientFrame[];
let signals: Signals;

// What is open hears of do-not-disturb.
afterEach(() => signals.close());

beforeEach(() => {
  clock = manualClock();
  replica = replicaOf(clock);
  isLive = true;
  isTaken = true;
  sent = [];
  signals = new Signals({
    clock,
    replica: () => replica,
    isLive: () => isLive,
    send(frame) {
      if (isTaken) sent.push(frame);
      return isTaken;
    },
    pending: storedPendingSignals(ADA.id, GROUP_ID),
  });
});

/** Receives the group's state: ten messages, with my cursors in `me`. */
function connect(me: Partial<ThreadStateEvent['me']> = {}, memberCount = 2): void {
  const messages = [ROOT, ...Array.from({ length: 9 }, (_, n) => messageAt(n + 2))];
  const state = stateAt(10, { messages });
  const mine = { ...state.me, readSeq: 10, ...me };
  replica.apply({
    ...state,
    me: mine,
    group: { ...state.group, memberCount },
    receipts: [{ userId: ADA.id, readSeq: mine.readSeq, deliveredSeq: 10 }],
  });
  isLive = true;
  signals.connected();
}

function receive(...events: ServerEvent[]): void {
  for (const event of events) replica.apply(event);
  signals.received(events);
}

const receipt = (change: object): ServerEvent => ({
  type: 'receipt_update',
  userId: ADA.id,
  ...change,
});

// Presence

test('whom the page shows is said in a large group only, and again on each connection', () => {
  const watch = (...userIds: string[]) => ({ type: 'presence_watch', userIds });
  const watches = () => sent.filter(({ type }) => type === 'presence_watch');
  connect();
  signals.watch(['user_grace']);
  expect(watches()).toEqual([]);
  receive({ type: 'presence_count', count: 250 });
  signals.watch(['user_grace', 'user_linus']);
  expect(watches()).toEqual([watch('user_grace', 'user_linus')]);
  signals.disconnected();
  // An older server, which does not know the frame, counts nobody.
  connect();
  expect(watches()).toHaveLength(1);
  receive(stateAt(10, { presentCount: 250 }));
  signals.connected();
  expect(watches().slice(1)).toEqual([watch('user_grace', 'user_linus')]);
  receive({ type: 'error', code: 'rate_limited', message: 'too many', retryAfterMs: 500 });
  clock.pass(499);
  expect(watches()).toHaveLength(2);
  clock.pass(1);
  expect(watches().slice(2)).toEqual([watch('user_grace', 'user_linus')]);
  signals.watch([]);
  signals.connected();
  expect(watches().slice(3)).toEqual([watch()]);
});

// Reading

test('reads are sent at most once a second, and only the furthest', () => {
  connect({ readSeq: 3 });
  signals.reads.read(4, undefined);
  signals.reads.read(6, undefined);
  signals.reads.read(5, undefined);
  clock.pass(999);
  expect(sent).toEqual([]);
  clock.pass(1);
  expect(sent).toEqual([{ type: 'thread_read', seq: 6, mark: 0 }]);
});

test('a read behind the cursor is not sent', () => {
  connect({ readSeq: 6 });
  signals.reads.read(6, undefined);
  clock.pass(5_000);
  expect(sent).toEqual([]);
});

test('leaving sends the last read at once', () => {
  connect({ readSeq: 3 });
  signals.reads.read(7, undefined);
  signals.leave();
  expect(sent).toEqual([{ type: 'thread_read', seq: 7, mark: 0 }]);
});

test('what the server has lost of my reading is sent again, and what was marked as unread is not', () => {
  connect({ readSeq: 8, mark: 1 });
  connect({ readSeq: 5, mark: 1 });
  expect(sent).toEqual([{ type: 'thread_read', seq: 8, mark: 1 }]);
  receive(receipt({ readSeq: 8 }));
  sent.length = 0;
  connect({ readSeq: 4, mark: 2 });
  expect(sent).toEqual([]);
  expect(signals.reads.readSeq).toBe(4);
});

test('reads made offline are sent on the next connection, and unacknowledged ones again', () => {
  connect({ readSeq: 3 });
  isLive = false;
  signals.reads.read(5, undefined);
  clock.pass(5_000);
  expect(sent).toEqual([]);
  connect({ readSeq: 3 });
  expect(sent).toEqual([{ type: 'thread_read', seq: 5, mark: 0 }]);
  signals.disconnected();
  connect({ readSeq: 3 });
  expect(sent).toHaveLength(2);
  signals.disconnected();
  connect({ readSeq: 5 });
  expect(sent).toHaveLength(2);
});

test('marking as unread moves the cursor back, and stops reads until the group is left', () => {
  connect();
  signals.reads.markUnread(4, undefined);
  expect(sent).toEqual([{ type: 'thread_read', seq: 3, mark: 0, manual: true }]);
  receive(receipt({ readSeq: 3, mark: 1 }));
  signals.reads.read(9, undefined);
  clock.pass(5_000);
  expect(sent).toHaveLength(1);
  signals.leave();
  signals.reads.read(9, undefined);
  clock.pass(1_000);
  expect(sent.at(-1)).toEqual({ type: 'thread_read', seq: 9, mark: 1 });
});

test('marking as read works after marking as unread, and reads continue', () => {
  connect();
  signals.reads.markUnread(4, undefined);
  receive(receipt({ readSeq: 3, mark: 1 }));
  signals.reads.markRead(10, undefined);
  expect(sent.at(-1)).toEqual({ type: 'thread_read', seq: 10, mark: 1, manual: true });
  receive(receipt({ readSeq: 10, mark: 2 }));
  signals.reads.read(12, undefined);
  clock.pass(1_000);
  expect(sent.at(-1)).toEqual({ type: 'thread_read', seq: 12, mark: 2 });
});

test('a move by hand is sent again until the server acknowledges it, and then no more', () => {
  connect();
  signals.reads.markUnread(4, undefined);
  const move = { type: 'thread_read', seq: 3, mark: 0, manual: true };
  signals.disconnected();
  connect();
  expect(sent).toEqual([move, move]);
  signals.disconnected();
  connect({ readSeq: 3, mark: 1 });
  expect(sent).toHaveLength(2);
});

test('a read from before another tab marked as unread is not sent', () => {
  connect({ readSeq: 3 });
  signals.reads.read(8, undefined);
  receive(receipt({ readSeq: 1, mark: 1 }));
  clock.pass(5_000);
  expect(sent).toEqual([]);
  signals.reads.read(8, undefined);
  clock.pass(1_000);
  expect(sent).toEqual([{ type: 'thread_read', seq: 8, mark: 1 }]);
});

test('a rate-limited read is sent again when the server allows it, unless it arrived', () => {
  connect({ readSeq: 3 });
  signals.reads.read(6, undefined);
  clock.pass(1_000);
  receive({ type: 'error', code: 'rate_limited', message: 'Slow down.', retryAfterMs: 4_000 });
  clock.pass(3_999);
  expect(sent).toHaveLength(1);
  clock.pass(1);
  const read = { type: 'thread_read', seq: 6, mark: 0 };
  expect(sent).toEqual([read, read]);
  receive({ type: 'error', code: 'rate_limited', message: 'Slow down.' });
  receive(receipt({ readSeq: 6 }));
  // A refused message is none of these.
  receive({ type: 'error', code: 'rate_limited', message: 'Slow down.', ref: 'a message' });
  clock.pass(60_000);
  expect(sent).toHaveLength(2);
});

test('a rate-limited move by hand is sent again', () => {
  connect();
  signals.reads.markUnread(4, undefined);
  receive({ type: 'error', code: 'rate_limited', message: 'Slow down.', retryAfterMs: 500 });
  clock.pass(500);
  const move = { type: 'thread_read', seq: 3, mark: 0, manual: true };
  expect(sent).toEqual([move, move]);
});

test('a followed thread has a cursor of its own', () => {
  connect({ readThreads: [{ parentId: ROOT.id, readSeq: 2, following: true }] });
  signals.reads.read(5, ROOT.id);
  signals.reads.read(5, messageAt(3).id);
  clock.pass(1_000);
  expect(sent).toEqual([{ type: 'thread_read', parentId: ROOT.id, seq: 5, mark: 0 }]);
});

// Delivery

test('the delivered cursor is sent every two seconds, and only if it moved', () => {
  connect();
  receive(messageEvent(messageAt(11)));
  clock.pass(0);
  receive(messageEvent(messageAt(12)));
  receive(messageEvent(messageAt(13)));
  clock.pass(1_999);
  expect(sent).toEqual([{ type: 'thread_delivered', seq: 11 }]);
  clock.pass(1);
  expect(sent.at(-1)).toEqual({ type: 'thread_delivered', seq: 13 });
  clock.pass(60_000);
  expect(sent).toHaveLength(2);
});

test('in a large group the delivered cursor is sent every thirty seconds', () => {
  connect({}, 101);
  receive(messageEvent(messageAt(11)));
  clock.pass(0);
  receive(messageEvent(messageAt(12)));
  clock.pass(29_999);
  expect(sent).toHaveLength(1);
  clock.pass(1);
  expect(sent).toHaveLength(2);
});

// Typing

test('typing is sent on the first key and every four seconds, and ends five seconds after the last key', () => {
  signals.typing.type(null);
  for (let second = 0; second < 9; second += 1) {
    clock.pass(1_000);
    signals.typing.type(null);
  }
  const started = { type: 'thread_typing', typing: true };
  expect(sent).toEqual([started, started, started]);
  clock.pass(5_000);
  expect(sent.at(-1)).toEqual({ type: 'thread_typing', typing: false });
  clock.pass(60_000);
  expect(sent).toHaveLength(4);
});

test('typing in a thread names the thread, and a stop without a start is not sent', () => {
  signals.typing.stop(ROOT.id);
  signals.typing.type(ROOT.id);
  signals.typing.stop(ROOT.id);
  expect(sent).toEqual([
    { type: 'thread_typing', parentId: ROOT.id, typing: true },
    { type: 'thread_typing', parentId: ROOT.id, typing: false },
  ]);
});

// Presence

test('ten minutes without input set the user away, and the next input sets them online', () => {
  signals.activity.used();
  clock.pass(TEN_MINUTES_MS / 2);
  signals.activity.used();
  clock.pass(TEN_MINUTES_MS - 1);
  expect(sent).toEqual([]);
  clock.pass(1);
  expect(sent).toEqual([{ type: 'presence', state: 'away' }]);
  signals.activity.used();
  expect(sent.at(-1)).toEqual({ type: 'presence', state: 'online' });
});

test('do-not-disturb is sent when it changes, and on every new connection', () => {
  const quiet = (isOn: boolean) => {
    ownQuiet.isOn = isOn;
    for (const changed of ownQuiet.changed) changed();
  };
  quiet(true);
  connect();
  quiet(false);
  connect();
  signals.close();
  quiet(true);
  quiet(false);
  expect(sent).toEqual([
    { type: 'presence', state: 'online', dnd: true },
    { type: 'presence', state: 'online', dnd: true },
    { type: 'presence', state: 'online' },
  ]);
});

test('away is sent on every new connection', () => {
  signals.activity.used();
  clock.pass(TEN_MINUTES_MS);
  connect();
  expect(sent).toEqual([
    { type: 'presence', state: 'away' },
    { type: 'presence', state: 'away' },
  ]);
});

// Following

test('a follow is sent again until the server acknowledges it', () => {
  connect();
  signals.follows.follow(ROOT.id, true);
  signals.disconnected();
  connect();
  const follow = {
    type: 'thread_follow',
    ref: expect.any(String),
    parentId: ROOT.id,
    following: true,
  };
  expect(sent).toEqual([follow, follow]);
  receive(receipt({ parentId: ROOT.id, readSeq: 1, following: true }));
  expect(signals.follows.of(ROOT.id)).toBeUndefined();
  connect({ readThreads: [{ parentId: ROOT.id, readSeq: 1, following: true }] });
  expect(sent).toHaveLength(2);
});

// A socket that is closing

test.each<[what: string, signal: () => void, frame: ClientFrame]>([
  ['a read', () => signals.reads.read(7, undefined), { type: 'thread_read', seq: 7, mark: 0 }],
  [
    'what is marked as unread',
    () => signals.reads.markUnread(3, undefined),
    { type: 'thread_read', seq: 2, mark: 0, manual: true },
  ],
  [
    'what is applied',
    () => receive(messageEvent(messageAt(11))),
    { type: 'thread_delivered', seq: 11 },
  ],
  [
    'a thread that I follow',
    () => signals.follows.follow(ROOT.id, true),
    { type: 'thread_follow', parentId: ROOT.id, following: true },
  ],
])('%s is not lost with the frame that the connection did not take', (_what, signal, frame) => {
  connect({ readSeq: 3 });
  clock.pass(5_000);
  isTaken = false;
  signal();
  clock.pass(5_000);
  expect(sent).toEqual([]);
  isTaken = true;
  signals.connected();
  clock.pass(5_000);
  expect(sent).toContainEqual(expect.objectContaining(frame));
});

test('typing that the connection did not accept is sent with the next key', () => {
  connect();
  isTaken = false;
  signals.typing.type(null);
  isTaken = true;
  signals.typing.type(null);
  expect(sent).toEqual([{ type: 'thread_typing', typing: true }]);
});
