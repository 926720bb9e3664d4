import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import { Broadcast, framesOf } from '../../../worker/sockets/broadcast.ts';
import { Busyness } from '../../../worker/sockets/busyness.ts';
import { tooBusyForEach } from '../../support/busy-room.ts';
import { messageAt, messageEvent } from '../../support/group-events.ts';

const read = (userId: string, readSeq: number): ServerEvent => ({
  type: 'receipt_update',
  userId,
  readSeq,
});

test('everyone gets the same text, and only the addressee of a private event gets more, in order', () => {
  const frameFor = framesOf([
    { event: read('ada', 1) },
    { event: read('grace', 2), onlyTo: 'grace' },
    { event: read('ada', 3) },
  ]);
  expect(frameFor('ada')).toBe(JSON.stringify([read('ada', 1), read('ada', 3)]));
  expect(frameFor('linus')).toBe(frameFor('ada'));
  expect(frameFor('grace')).toBe(
    JSON.stringify([read('ada', 1), read('grace', 2), read('ada', 3)]),
  );
});

test('a socket without events gets no frame', () => {
  const frameFor = framesOf([{ event: read('grace', 2), onlyTo: 'grace' }]);
  expect(frameFor('ada')).toBeUndefined();
  expect(frameFor('grace')).toBe(JSON.stringify([read('grace', 2)]));
});

test('an event that some may not see reaches everyone else, and they get the others', () => {
  const frameFor = framesOf([
    { event: read('ada', 1), notTo: new Set(['grace', 'linus']) },
    { event: read('ada', 2) },
  ]);
  expect(frameFor('ada')).toBe(JSON.stringify([read('ada', 1), read('ada', 2)]));
  expect(frameFor('grace')).toBe(JSON.stringify([read('ada', 2)]));
  const onlyOthers = framesOf([{ event: read('ada', 1), notTo: new Set(['grace']) }]);
  expect(onlyOthers('grace')).toBeUndefined();
});

describe('how long events are collected in a Room that could not send each change by itself', () => {
  let sent: number;
  let sockets: number;
  let busyness: Busyness;
  let broadcast: Broadcast;

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 });
    const clock = () => Date.now();
    sent = 0;
    sockets = 1;
    busyness = tooBusyForEach(clock);
    const counting = {
      sendToAll: (frameFor: (userId: string) => string | undefined) => {
        const longest = frameFor('ada')?.length ?? 0;
        sent++;
        return { sockets, longest };
      },
    };
    broadcast = new Broadcast(counting, clock, busyness);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Lets the current turn end. */
  const turnEnds = () => Promise.resolve();

  test('not at all after a silence, and the events of one turn go out as one frame', async () => {
    broadcast.publish(read('ada', 1));
    broadcast.publish(read('ada', 2));
    expect(sent).toBe(0);
    await turnEnds();
    expect(sent).toBe(1);
  });

  test('for 2 ms in a Room that is 10 % busy, however many sockets it has', async () => {
    sockets = 1_000;
    for (let frame = 1; frame <= 3; frame++) {
      broadcast.publish(read('ada', 1));
      await turnEnds();
      expect(busyness.share()).toBeGreaterThan(0.09);
      expect(busyness.share()).toBeLessThan(0.5);
      broadcast.publish(read('ada', 2));
      await turnEnds();
      expect(sent).toBe(frame * 2 - 1);
      vi.advanceTimersByTime(2);
      expect(sent).toBe(frame * 2);
      vi.advanceTimersByTime(300);
    }
  });

  test('longer the busier the Room is, and again hardly at all when it has been quiet', async () => {
    const waits: number[] = [];
    for (const frames of [0, 700, 800, 5_000]) {
      vi.advanceTimersByTime(2_000);
      for (let n = 0; n < frames; n++) busyness.received();
      broadcast.flush();
      broadcast.publish(read('ada', 1));
      await turnEnds();
      broadcast.publish(read('ada', 2));
      waits.push(broadcast.dueInMs());
    }
    expect(waits[0]).toBe(2);
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(new Set(waits).size).toBe(4);
    expect(waits[3]).toBe(12);
    vi.advanceTimersByTime(1_000);
    expect(broadcast.dueInMs()).toBe(0);
  });

  test('longer if timers are late, as on a slow machine', async () => {
    broadcast.publish(read('ada', 1));
    await turnEnds();
    expect(broadcast.dueInMs()).toBe(2);
    for (let n = 0; n < 3; n++) {
      broadcast.publish(read('ada', 2));
      // The timer is due, but something else runs.
      vi.setSystemTime(Date.now() + 60);
      vi.runOnlyPendingTimers();
    }
    expect(sent).toBe(4);
    expect(broadcast.dueInMs()).toBeGreaterThan(2);
  });

  test('at most for 100 ms, even if timers starve', async () => {
    broadcast.publish(read('ada', 1));
    await turnEnds();
    broadcast.publish(read('ada', 2));
    // Time passes without running the timer.
    vi.setSystemTime(Date.now() + 99);
    broadcast.publish(read('ada', 3));
    expect(sent).toBe(1);
    vi.setSystemTime(Date.now() + 1);
    broadcast.publish(read('ada', 4));
    expect(sent).toBe(2);
  });
});

describe('a Room sends each change by itself', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  /** Publishes changes evenly for a second, and after each one an event for its author only. Returns the number of frames sent. */
  async function framesFor(
    { sockets, perSecond }: { sockets: number; perSecond: number },
    slow: (busyness: Busyness) => void = () => undefined,
  ): Promise<number> {
    const clock = () => Date.now();
    const busyness = new Busyness(clock);
    let frames = 0;
    const counting = {
      sendToAll(frameFor: (userId: string) => string | undefined) {
        frames++;
        const isForAll = frameFor('grace') !== undefined;
        return { sockets: isForAll ? sockets : 1, longest: frameFor('ada')?.length ?? 0 };
      },
    };
    const broadcast = new Broadcast(counting, clock, busyness);
    for (let n = 1; n <= perSecond; n++) {
      slow(busyness);
      broadcast.publish(messageEvent(messageAt(n)));
      await Promise.resolve();
      // What only one person learns, in a turn of its own, takes nothing from the others.
      broadcast.publish(read('ada', n), { onlyTo: 'ada' });
      await Promise.resolve();
      vi.advanceTimersByTime(1_000 / perSecond);
    }
    return frames;
  }

  test.each([
    { sockets: 100, perSecond: 100 },
    { sockets: 100, perSecond: 200 },
    { sockets: 20, perSecond: 500 },
    { sockets: 1_000, perSecond: 20 },
  ])('if it keeps up: $perSecond a second to $sockets sockets', async (room) => {
    expect(await framesFor(room)).toBe(2 * room.perSecond);
  });

  test.each([
    { sockets: 100, perSecond: 500 },
    { sockets: 20, perSecond: 2_000 },
    { sockets: 1_000, perSecond: 100 },
  ])('and else fewer: $perSecond a second to $sockets sockets', async (room) => {
    expect(await framesFor(room)).toBeLessThan(1.8 * room.perSecond);
  });

  test('and fewer on a slow machine, where timers are late', async () => {
    const room = { sockets: 100, perSecond: 100 };
    expect(await framesFor(room, (busyness) => busyness.late(20))).toBeLessThan(180);
  });
});
