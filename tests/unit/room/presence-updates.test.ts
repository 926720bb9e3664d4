import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OFFLINE_AFTER_MS, PRESENT_IN_STATE } from '../../../protocol/limits.ts';
import type { PresentState } from '../../../protocol/models.ts';
import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import { Presence } from '../../../worker/room/ephemeral/presence.ts';
import { PresenceUpdates } from '../../../worker/room/ephemeral/presence-updates.ts';
import { DepartureStore } from '../../../worker/room/rows/departure-store.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import type { ObjectSql } from '../../../worker/sql.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

/** Longer than changes are collected. */
const A_WHILE_MS = 5_000;

let isLarge: boolean;
let sql: ObjectSql;
let clients: { userId: string; activity: PresentState }[];
let presence: Presence;
let updates: PresenceUpdates;
/** What everyone got. */
let toAll: string[];
/** About whom those who watch them got an event, and of which state, by send. */
let toWatchers: Record<string, string>[];

/** Makes both again, as a Room does when it wakes: only rows and sockets remain. */
function wake(): void {
  presence = new Presence({
    clock: () => Date.now(),
    departures: new DepartureStore(sql),
    clients: (ofUser) => clients.filter(({ userId }) => (ofUser ?? userId) === userId),
    publish: (...change) => updates.changed(...change),
    wakeAt: () => undefined,
  });
  updates = new PresenceUpdates(isLarge, {
    clock: () => Date.now(),
    presence,
    isLarge: () => isLarge,
    publish: (event) => toAll.push(inWords(event)),
    publishWatched: (events) => {
      toWatchers.push(Object.fromEntries([...events].map(([id, { state }]) => [id, state])));
    },
  });
}

function inWords(event: EphemeralEvent): string {
  if (event.type === 'presence_count') return `count ${event.count}`;
  return event.type === 'presence_update' ? `${event.userId} ${event.state}` : event.type;
}

function open(...userIds: string[]): void {
  for (const userId of userIds) {
    presence.arriving(userId);
    clients.push({ userId, activity: 'online' });
  }
}

function become(userId: string, activity: PresentState): void {
  clients = clients.map((client) => (client.userId === userId ? { userId, activity } : client));
  presence.refresh(userId);
}

function resize(large: boolean): void {
  isLarge = large;
  updates.resized();
}

/** Lets time pass, and forgets what was sent until then. */
function quiet(): void {
  vi.advanceTimersByTime(A_WHILE_MS);
  toAll = [];
  toWatchers = [];
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  isLarge = true;
  sql = nodeRoomSql();
  migrate(sql);
  clients = [];
  toAll = [];
  toWatchers = [];
  wake();
});

afterEach(() => {
  vi.useRealTimers();
});

test('in a small group everyone gets at once who comes, where each user ended up once a second, and no count', () => {
  resize(false);
  quiet();
  open('ada', 'grace');
  become('ada', 'away');
  become('ada', 'dnd');
  expect(toAll).toEqual(['ada online', 'grace online']);
  vi.advanceTimersByTime(1_000);
  expect(toAll.slice(2)).toEqual(['ada dnd']);
  expect(toWatchers).toEqual([]);
});

test('in a large group thousands who connect at once are counted twice, and announced to nobody', () => {
  const users = Array.from({ length: 5_000 }, (_, n) => `user_${n}`);
  open(...users);
  expect(toAll).toEqual(['count 1']);
  vi.advanceTimersByTime(A_WHILE_MS);
  expect(toAll).toEqual(['count 1', 'count 5000']);
  // Only those who watch one of them hear of it.
  expect(toWatchers.map((events) => Object.keys(events).length)).toEqual([1, 4_999]);
  expect(vi.getTimerCount()).toBe(0);
});

test('in a large group the count goes out only when it changes, at most once in two seconds', () => {
  open('ada', 'grace');
  quiet();
  become('ada', 'away');
  expect([toAll, toWatchers]).toEqual([[], [{ ada: 'away' }]]);
  open('linus');
  vi.advanceTimersByTime(1_999);
  expect(toAll).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(toAll).toEqual(['count 3']);
  expect(toWatchers.slice(1)).toEqual([{ linus: 'online' }]);
});

test('those who watch a user get only where the user ended up', () => {
  open('ada');
  quiet();
  open('grace');
  for (const activity of ['away', 'online', 'dnd'] as const) become('ada', activity);
  vi.advanceTimersByTime(A_WHILE_MS);
  expect(toWatchers).toEqual([{ grace: 'online' }, { ada: 'dnd' }]);
});

describe.each([
  ['warm', (): void => undefined],
  ['that woke', wake],
])('in a Room %s', (_, between) => {
  test('a departure from a large group is counted, also where the Room woke for it', () => {
    open('ada', 'grace');
    quiet();
    clients = clients.filter(({ userId }) => userId !== 'grace');
    between();
    presence.leaving('grace');
    vi.advanceTimersByTime(OFFLINE_AFTER_MS);
    expect(toAll).toEqual([]);
    presence.departed();
    expect([toAll, toWatchers]).toEqual([['count 1'], [{ grace: 'offline' }]]);
  });

  test('a group that becomes large sends its count, and then no changes that nobody asked for', () => {
    resize(false);
    open('ada', 'grace');
    quiet();
    between();
    // Is waiting for its second when the group grows.
    become('ada', 'away');
    become('ada', 'dnd');
    resize(true);
    vi.advanceTimersByTime(A_WHILE_MS);
    expect([toAll, toWatchers]).toEqual([['ada away', 'count 2'], [{ ada: 'dnd' }]]);
    quiet();
    become('ada', 'online');
    become('grace', 'away');
    vi.advanceTimersByTime(A_WHILE_MS);
    expect([toAll, toWatchers]).toEqual([[], [{ ada: 'online' }, { grace: 'away' }]]);
    open('linus');
    expect(toAll).toEqual(['count 3']);
  });

  test('a group that becomes small says so, then how everyone is, and from then on every change', () => {
    open('ada', 'grace');
    become('grace', 'away');
    quiet();
    between();
    resize(false);
    expect(toAll).toEqual(['count null', 'ada online', 'grace away']);
    quiet();
    become('ada', 'dnd');
    expect([toAll, toWatchers]).toEqual([['ada dnd'], []]);
  });
});

test('a group that was large for a moment loses no change of that moment', () => {
  resize(false);
  open('ada', 'grace');
  quiet();
  resize(true);
  resize(false);
  vi.advanceTimersByTime(2_000);
  expect(toAll).toEqual(['count 2', 'count null', 'ada online', 'grace online']);
  toAll = [];
  // That was sent just now, so that clients never hear of this moment.
  resize(true);
  become('grace', 'away');
  resize(false);
  vi.advanceTimersByTime(A_WHILE_MS);
  expect([toAll, toWatchers]).toEqual([['grace away'], []]);
});

test('a state lists everyone in a small group, and in a large one those whom the client watches, with the count', () => {
  const users = Array.from({ length: PRESENT_IN_STATE + 50 }, (_, n) => `user_${n}`);
  open(...users);
  become('user_7', 'away');
  const { presence: watched, large } = updates.stateFor(['user_7', 'user_8', 'nobody']);
  expect(watched).toEqual([
    { userId: 'user_7', state: 'away' },
    { userId: 'user_8', state: 'online' },
  ]);
  expect(large?.presentCount).toBe(users.length);
  expect(large?.present).toHaveLength(PRESENT_IN_STATE);
  expect(updates.stateFor([]).presence).toEqual([]);
  resize(false);
  expect(updates.stateFor([])).toEqual({ presence: presence.list() });
});
