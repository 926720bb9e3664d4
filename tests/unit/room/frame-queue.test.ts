import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { Message } from '../../../protocol/models.ts';
import { RoomStore } from '../../../worker/room/rows/room-store.ts';
import { type BusyRoom, busyRoom } from '../../support/busy-room.ts';
import { messageFrame } from '../../support/connected-group.ts';
import type { FakeSocket } from '../../support/fake-sockets.ts';
import { seededRandom } from '../../support/seeded-random.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Longer than frames are ever collected. */
const SOON_MS = 60;

function messagesOf({ room }: BusyRoom): Message[] {
  return room.store.messages.before({ timeline: true }, Number.MAX_SAFE_INTEGER, 10_000);
}

const Sent = z.array(z.looseObject({ type: z.string(), rev: z.optional(z.number()) }));

function eventsOf(socket: FakeSocket) {
  return Sent.parse(socket.sent);
}

function contentsOf(busy: BusyRoom): string[] {
  return messagesOf(busy).flatMap(({ system, content }) => (system ? [] : content));
}

describe('the frames of a busy Room', () => {
  it('are decided at once after a pause, and later ones together, in their order and in one transaction', () => {
    const busy = busyRoom(['Grace']);
    const [ada, grace] = [busy.connect('Ada'), busy.connect('Grace')];
    const before = busy.room.store.counter();
    busy.ran();
    busy.say(ada, messageFrame('first'));
    expect(grace.sent).toMatchObject([{ type: 'message', message: { content: 'first' } }]);
    expect(busy.ran().transactions).toBe(1);
    for (const [socket, content] of [
      [ada, 'a'],
      [grace, 'b'],
      [ada, 'c'],
    ] as const) {
      busy.say(socket, messageFrame(content));
    }
    expect(contentsOf(busy)).toEqual(['first']);
    busy.ran();
    vi.advanceTimersByTime(2);
    expect(busy.ran().transactions).toBe(1);
    expect(contentsOf(busy)).toEqual(['first', 'a', 'b', 'c']);
    expect(grace.sent).toMatchObject(
      [1, 2, 3, 4].map((n) => ({ type: 'message', rev: before + n, message: { seq: before + n } })),
    );
    expect(ada.sent).toEqual(grace.sent);
  });

  it('get an event or an error each, and a repeat gets its message', () => {
    const busy = busyRoom(['Grace']);
    const [ada, grace] = [busy.connect('Ada'), busy.connect('Grace')];
    busy.say(ada, messageFrame('first'));
    const [one, other] = [messageFrame('one'), messageFrame('other')];
    busy.say(ada, one);
    busy.say(grace, { type: 'delete_message', id: one.id, ref: 'not mine' });
    busy.say(ada, one);
    busy.say(grace, other);
    busy.say(ada, { type: 'reaction', id: other.id, emoji: '👍', op: 'add' });
    ada.sent.length = 0;
    grace.sent.length = 0;
    vi.advanceTimersByTime(SOON_MS);
    const events = [
      { type: 'message', message: { id: one.id } },
      { type: 'message', message: { id: other.id } },
      { type: 'reaction_update', id: other.id },
    ];
    expect(ada.sent).toMatchObject([
      { type: 'message', repeat: true, message: { id: one.id } },
      ...events,
    ]);
    expect(grace.sent).toMatchObject([
      { type: 'error', code: 'forbidden', ref: 'not mine' },
      ...events,
    ]);
    expect(contentsOf(busy)).toEqual(['first', 'one', 'other']);
  });

  it('lose only the one that throws: the others are written once, without a gap, and its sender gets an error', () => {
    const busy = busyRoom(['Grace'], { poison: 'poison' });
    const [ada, grace] = [busy.connect('Ada'), busy.connect('Grace')];
    busy.say(ada, messageFrame('first'));
    const { rev } = busy.room.events.at(-1) ?? { rev: 0 };
    const [before, broken, after] = ['before', 'poison', 'after'].map((content) =>
      messageFrame(content),
    );
    if (!before || !broken || !after) throw new Error('no frames');
    busy.say(ada, before);
    busy.say(ada, before);
    busy.say(grace, broken);
    busy.say(grace, after);
    ada.sent.length = 0;
    grace.sent.length = 0;
    vi.advanceTimersByTime(SOON_MS);
    expect(contentsOf(busy)).toEqual(['first', 'before', 'after']);
    const events = [
      { type: 'message', rev: rev + 1, message: { id: before.id } },
      { type: 'message', rev: rev + 2, message: { id: after.id } },
    ];
    expect(ada.sent).toMatchObject([{ repeat: true, message: { id: before.id } }, ...events]);
    expect(grace.sent).toMatchObject([
      { type: 'error', code: 'internal', id: broken.id },
      ...events,
    ]);
    // What is cached is what is stored.
    expect(busy.room.store.counter()).toBe(rev + 2);
    expect(new RoomStore(busy.room.sql, busy.room.groupId).counter()).toBe(rev + 2);
    vi.advanceTimersByTime(1_000);
    busy.say(grace, messageFrame('later'));
    expect(grace.sent.at(-1)).toMatchObject({ rev: rev + 3, message: { content: 'later' } });
  });

  it('are decided before anything that reads, and before a new state of the group', () => {
    const busy = busyRoom(['Grace']);
    const [ada, grace] = [busy.connect('Ada'), busy.connect('Grace')];
    busy.say(ada, messageFrame('first'));
    busy.say(ada, messageFrame('second'));
    busy.say(grace, { type: 'thread_sync' });
    busy.say(ada, messageFrame('third'));
    vi.advanceTimersByTime(SOON_MS);
    expect(eventsOf(grace).map(({ type }) => type)).toEqual([
      'message',
      'message',
      'thread_state',
      'message',
    ]);
    const [, second, state, third] = eventsOf(grace);
    expect(second).toMatchObject({ message: { content: 'second' } });
    const rev = state?.rev ?? 0;
    expect([second, third]).toMatchObject([{ rev }, { rev: rev + 1 }]);
    busy.say(ada, messageFrame('fourth'));
    busy.say(ada, messageFrame('fifth'));
    busy.receiver.drain();
    expect(contentsOf(busy)).toEqual(['first', 'second', 'third', 'fourth', 'fifth']);
  });

  it('of a socket that is gone are decided all the same, as they were sent', () => {
    const busy = busyRoom(['Grace']);
    const [ada, grace] = [busy.connect('Ada'), busy.connect('Grace')];
    busy.say(ada, messageFrame('first'));
    busy.say(ada, messageFrame('second'));
    busy.say(ada, { type: 'presence', state: 'away' });
    ada.close(1000);
    vi.advanceTimersByTime(SOON_MS);
    expect(grace.sent).toMatchObject([
      { message: { content: 'first' } },
      { message: { content: 'second' } },
    ]);
  });

  it('do not wait for a timer that starves', () => {
    const busy = busyRoom([]);
    const ada = busy.connect('Ada');
    busy.say(ada, messageFrame('first'));
    busy.say(ada, messageFrame('second'));
    // Time passes without running a timer.
    vi.setSystemTime(Date.now() + 11);
    busy.say(ada, messageFrame('third'));
    expect(contentsOf(busy)).toEqual(['first']);
    vi.setSystemTime(Date.now() + 1);
    busy.say(ada, messageFrame('fourth'));
    expect(contentsOf(busy)).toEqual(['first', 'second', 'third', 'fourth']);
    expect(ada.sent).toHaveLength(4);
  });

  it('wait at most 24 ms in a Room that does nothing but work, also if timers starve', () => {
    const busy = busyRoom([]);
    const ada = busy.connect('Ada');
    for (let n = 0; n < 1_000; n += 1) busy.say(ada, messageFrame(`message ${n}`));
    busy.receiver.drain();
    busy.say(ada, messageFrame('waits'));
    vi.setSystemTime(Date.now() + 23);
    busy.say(ada, messageFrame('waits, too'));
    expect(contentsOf(busy).at(-1)).toBe('message 999');
    vi.setSystemTime(Date.now() + 1);
    busy.say(ada, messageFrame('does not wait'));
    expect(contentsOf(busy).slice(-3)).toEqual(['waits', 'waits, too', 'does not wait']);
  });
});

describe('what a message costs', () => {
  it('is three statements at most, and the counter is written once for all messages of a transaction', () => {
    const busy = busyRoom(['Grace']);
    const ada = busy.connect('Ada');
    busy.say(ada, messageFrame('who is cached from now on'));
    vi.advanceTimersByTime(1_000);
    busy.ran();
    busy.say(ada, messageFrame('alone'));
    const alone = busy.ran();
    expect(alone.transactions).toBe(1);
    expect(alone.statements.length).toBeLessThanOrEqual(3);
    for (let n = 0; n < 20; n += 1) busy.say(ada, messageFrame(`message ${n}`));
    vi.advanceTimersByTime(SOON_MS);
    const together = busy.ran();
    expect(together.transactions).toBe(1);
    expect(together.statements.length).toBeLessThanOrEqual(2 * 20 + 1);
  });
});

describe('a Room that decides frames together', () => {
  const NAMES = ['Ada', 'Grace', 'Linus'];
  const EMOJI = ['👍', '🎉', '👀'];

  /** Thousands of frames of three people, in bursts of up to `burst`, with now and then one that throws. */
  function played(seed: number, burst: number, ids: readonly string[]) {
    vi.setSystemTime(Date.UTC(2026, 0, 1));
    const random = seededRandom(seed);
    const busy = busyRoom(NAMES.slice(1), { poison: 'poison' });
    const sockets = NAMES.map((name) => busy.connect(name));
    const frame = (step: number): ClientFrame => {
      const known = ids.slice(0, step + 1);
      const id = random.one(known.slice(-30));
      const kind = random.next();
      if (kind < 0.5) {
        const content = random.chance(0.02) ? 'poison' : `message ${step}`;
        const parentId = random.chance(0.3) ? random.one(known.slice(-30)) : undefined;
        return { type: 'message', id: ids[step] ?? id, content, parentId };
      }
      if (kind < 0.6) return { type: 'message', id, content: 'again' };
      if (kind < 0.75) return { type: 'edit_message', id, content: `edit ${step}` };
      if (kind < 0.8) return { type: 'delete_message', id };
      const emoji = random.one(EMOJI);
      if (kind < 0.95)
        return { type: 'reaction', id, emoji, op: random.chance(0.7) ? 'add' : 'remove' };
      return { type: 'thread_read', seq: step, mark: 0 };
    };
    for (let step = 0; step < ids.length; step++) {
      busy.say(random.one(sockets), frame(step));
      if (step % burst === burst - 1) busy.receiver.drain();
    }
    busy.receiver.drain();
    const errors = sockets.map((socket) => eventsOf(socket).filter(({ type }) => type === 'error'));
    const { transactions } = busy.ran();
    const rows = messagesOf(busy)
      .filter((row) => !row.system)
      .map(timeless);
    return { transactions, rows, events: busy.room.events.map(timeless), errors };
  }

  /** The two Rooms have ids of their own. */
  function timeless(event: object): unknown {
    return JSON.parse(
      JSON.stringify(event, (key, value) => (key === 'groupId' ? undefined : value)),
    );
  }

  it('ends in the same rows, events and errors as one that decides each on its own', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 40 }), (seed, burst) => {
        const ids = Array.from({ length: 750 }, () => uuidv7());
        const alone = played(seed, 1, ids);
        const together = played(seed, burst, ids);
        const withoutSystemLines = (events: unknown[]) => events.slice(NAMES.length * 2);
        expect(withoutSystemLines(together.events)).toEqual(withoutSystemLines(alone.events));
        expect(together.errors).toEqual(alone.errors);
        expect(together.rows).toEqual(alone.rows);
        expect(together.transactions).toBeLessThan(alone.transactions);
      }),
      { numRuns: 4 },
    );
  });
});
