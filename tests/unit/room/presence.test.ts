import { beforeEach, describe, expect, it } from 'vitest';
import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { PresentState } from '../../../protocol/models.ts';
import { Presence } from '../../../worker/room/ephemeral/presence.ts';
import { DepartureStore } from '../../../worker/room/rows/departure-store.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import { POLLER_PRESENT_MS, Pollers } from '../../../worker/sockets/pollers.ts';
import type { ObjectSql } from '../../../worker/sql.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

let now: number;
let sql: ObjectSql;
let sockets: { userId: string; activity: PresentState }[];
let pollers: Pollers;
let presence: Presence;
let announced: string[];
let wakeAt: number | undefined;

/** Creates presence again, as a Room does when it wakes: only stored rows and sockets remain. */
function wake(): void {
  pollers = new Pollers(() => now);
  presence = new Presence({
    clock: () => now,
    departures: new DepartureStore(sql),
    clients: (userId) => [
      ...sockets.filter((socket) => userId === undefined || socket.userId === userId),
      ...pollers.list(userId),
    ],
    publish: (userId, state) => announced.push(`${userId} ${state}`),
    wakeAt: (at) => {
      wakeAt = Math.min(at, wakeAt ?? at);
    },
  });
}

/** Moves the clock, running due tasks at their time. */
function pass(ms: number): void {
  const until = now + ms;
  while (wakeAt !== undefined && wakeAt <= until) {
    now = wakeAt;
    wakeAt = presence.departed();
  }
  now = until;
}

function open(userId: string): void {
  presence.arriving(userId);
  sockets.push({ userId, activity: 'online' });
}

function close(userId: string): void {
  sockets = sockets.filter((socket) => socket.userId !== userId);
  presence.leaving(userId);
}

function poll(userId: string): void {
  pollers.poll(userId, 'tab');
  presence.refresh(userId);
  presence.leaving(userId, POLLER_PRESENT_MS);
}

beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  sql = nodeRoomSql();
  migrate(sql);
  sockets = [];
  announced = [];
  wakeAt = undefined;
  wake();
});

describe.each([
  ['warm', (): void => undefined],
  ['that woke', wake],
])('in a Room %s', (_, between) => {
  it('a newcomer is announced once', () => {
    between();
    open('ada');
    open('ada');
    expect(announced).toEqual(['ada online']);
    expect(presence.list()).toEqual([{ userId: 'ada', state: 'online' }]);
  });

  it('a departure is announced after the grace period, and not before', () => {
    open('ada');
    between();
    close('ada');
    between();
    pass(OFFLINE_AFTER_MS - 1);
    expect(announced).toEqual(['ada online']);
    expect(presence.list()).toHaveLength(1);
    pass(1);
    expect(announced).toEqual(['ada online', 'ada offline']);
    expect(presence.list()).toEqual([]);
  });

  it('a user who returns within the grace period stays online', () => {
    open('ada');
    close('ada');
    between();
    open('ada');
    pass(OFFLINE_AFTER_MS * 2);
    expect(announced).toEqual(['ada online']);
  });

  it('a user is not to be disturbed while any client says so, and a further client does not end that', () => {
    open('ada');
    sockets = [{ userId: 'ada', activity: 'dnd' }];
    presence.refresh('ada');
    between();
    open('ada');
    presence.refresh('ada');
    expect(announced).toEqual(['ada online', 'ada dnd']);
    sockets = sockets.map((socket) => ({ ...socket, activity: 'away' }));
    presence.refresh('ada');
    expect(announced).toEqual(['ada online', 'ada dnd', 'ada away']);
  });

  it('a user who polls is online until some time after the last poll', () => {
    for (let n = 0; n < 5; n += 1) {
      poll('ada');
      pass(25_000);
    }
    pass(POLLER_PRESENT_MS - 25_000 - 1);
    expect(announced).toEqual(['ada online']);
    pass(1);
    expect(announced).toEqual(['ada online', 'ada offline']);
  });

  it('a user with a poll and a socket is offline once the later of both has expired', () => {
    poll('ada');
    open('ada');
    pass(5_000);
    close('ada');
    between();
    pass(POLLER_PRESENT_MS - 5_000 - 1);
    expect(announced).toEqual(['ada online']);
    pass(1);
    expect(announced).toEqual(['ada online', 'ada offline']);
  });

  it("a change of a user's clients is announced, and online wins over away", () => {
    open('ada');
    open('ada');
    between();
    const [desk, phone] = sockets;
    if (!desk || !phone) throw new Error('two sockets');
    desk.activity = 'away';
    presence.refresh('ada');
    phone.activity = 'away';
    presence.refresh('ada');
    between();
    desk.activity = 'online';
    presence.refresh('ada');
    expect(announced).toEqual(['ada online', 'ada away', 'ada online']);
  });
});
