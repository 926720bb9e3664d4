import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageNotification } from '../../../protocol/notifications.ts';
import { Notifications } from '../../../worker/room/followers/notifications.ts';
import { NotifyStore } from '../../../worker/room/rows/notify-store.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import { nodeRoomSql } from '../../support/node-room.ts';

const AFTER_MS = 10_000;

/** A Room with messages that all notify everyone, and the Inboxes that it calls. */
class World {
  now = 1_000_000;
  readonly sentAt: number[] = [];
  readonly active = new Set<string>();
  readonly failing = new Set<string>();
  readonly unwilling = new Set<string>();
  calls: [userId: string, seq: number][] = [];
  scheduled: number | undefined;
  readonly store: NotifyStore;

  constructor() {
    const sql = nodeRoomSql();
    migrate(sql);
    this.store = new NotifyStore(sql);
  }

  /** The follower; called again, after an eviction. */
  follower(): Notifications {
    return new Notifications(this.store, {
      clock: () => this.now,
      groupId: 'group',
      afterMs: AFTER_MS,
      firstSentAfter: (seq) => this.sentAt[seq],
      newestUntil: (at) => this.sentAt.filter((sentAt) => sentAt <= at).length,
      unread: (_, { after, upTo }) => (upTo > after ? notification(upTo) : undefined),
      isActive: (userId) => this.active.has(userId),
      notify: async (userId, { seq }) => {
        this.calls.push([userId, seq]);
        if (this.failing.has(userId)) throw new Error('lost');
        return { wantsPushes: !this.unwilling.has(userId) };
      },
      schedule: (at) => {
        this.scheduled = Math.min(this.scheduled ?? at, at);
      },
    });
  }

  say(follower: Notifications): void {
    this.sentAt.push(this.now);
    follower.written();
  }
}

function notification(seq: number): MessageNotification {
  const groupId = '01900000-0000-7000-8000-000000000001';
  return { groupId, messageId: groupId, seq, reason: 'mention', title: '', body: '', at: 0 };
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('messages that stay unread', () => {
  it('call nobody, and plan nothing, while no member wants pushes', async () => {
    const follower = world.follower();
    world.say(follower);
    expect(world.scheduled).toBeUndefined();
    expect(await follower.run()).toBeUndefined();
    expect(world.store.notifiedSeq()).toBe(0);
  });

  it('are one call for each member who wants pushes, after ten seconds and not before', async () => {
    const follower = world.follower();
    follower.setWanting('grace', true);
    follower.setWanting('linus', true);
    world.say(follower);
    expect(world.scheduled).toBe(world.now + AFTER_MS);
    world.now += 4_000;
    world.say(follower);
    expect(await follower.run()).toBe(world.now + 6_000);
    expect(world.calls).toEqual([]);
    world.now += 10_000;
    expect(await follower.run()).toBeUndefined();
    expect(world.calls).toEqual([
      ['grace', 2],
      ['linus', 2],
    ]);
  });

  it('survive an eviction, and are not told twice after it', async () => {
    const first = world.follower();
    first.setWanting('grace', true);
    world.say(first);
    world.now += AFTER_MS;
    await world.follower().run();
    await world.follower().run();
    expect(world.calls).toEqual([['grace', 1]]);
  });

  it('that were there before the first member wanted pushes are not told', async () => {
    const follower = world.follower();
    world.say(follower);
    follower.setWanting('grace', true);
    expect(world.scheduled).toBeUndefined();
    world.now += AFTER_MS;
    expect(await follower.run()).toBeUndefined();
    expect(world.calls).toEqual([]);
  });

  it.each([
    { laterMs: 0, isTold: true },
    { laterMs: 3_000, isTold: true },
    { laterMs: 20_000, isTold: true },
    { laterMs: 60_000, isTold: false },
  ])('are told to the first whose Inbox answers $laterMs ms later: $isTold', async (situation) => {
    const { laterMs, isTold } = situation;
    const follower = world.follower();
    const sentAt = world.now;
    world.say(follower);
    world.now += laterMs;
    follower.answered('grace', true);
    expect(world.scheduled).toBe(isTold ? sentAt + AFTER_MS : undefined);
    world.now = Math.max(world.now, sentAt + AFTER_MS);
    await follower.run();
    expect(world.calls).toEqual(isTold ? [['grace', 1]] : []);
  });

  it('are told once when the last who wanted pushes wants them again', async () => {
    const follower = world.follower();
    follower.setWanting('grace', true);
    world.say(follower);
    world.now += AFTER_MS;
    await follower.run();
    follower.setWanting('grace', false);
    follower.answered('grace', true);
    await follower.run();
    expect(world.calls).toEqual([['grace', 1]]);
  });

  it('are not told to members who are active here, nor to those who want none any more', async () => {
    const follower = world.follower();
    for (const userId of ['grace', 'linus', 'hedy']) follower.setWanting(userId, true);
    world.active.add('grace');
    world.unwilling.add('linus');
    follower.setWanting('hedy', false);
    world.say(follower);
    world.now += AFTER_MS;
    await follower.run();
    expect(world.calls).toEqual([['linus', 1]]);
    expect(world.store.wanting()).toEqual(['grace']);
  });

  it('are told 40 members at once, and the others right after', async () => {
    const follower = world.follower();
    for (let n = 0; n < 90; n += 1) follower.setWanting(`user_${n}`, true);
    world.say(follower);
    world.now += AFTER_MS;
    expect(await follower.run()).toBe(world.now);
    expect(world.calls).toHaveLength(40);
    await follower.run();
    await follower.run();
    expect(new Set(world.calls.map(([userId]) => userId)).size).toBe(90);
    expect(await follower.run()).toBeUndefined();
  });

  it('are told again to an Inbox that did not answer, also after an eviction, and given up in the end', async () => {
    const follower = world.follower();
    follower.setWanting('grace', true);
    world.failing.add('grace');
    world.say(follower);
    world.now += AFTER_MS;
    let at = await follower.run();
    expect(at).toBeGreaterThan(world.now);
    while (at !== undefined) {
      world.now = at;
      at = await world.follower().run();
    }
    expect(world.calls.length).toBeGreaterThan(3);
    expect(world.store.nextPendingAt()).toBeUndefined();
  });
});
