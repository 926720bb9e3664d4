import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feeds } from '../../../worker/room/followers/feeds.ts';

const MEMBERS = Array.from({ length: 1_000 }, (_, at) => `user_${at}`);
const ONLINE = MEMBERS.slice(0, 50);
const [ada = '', grace = ''] = ONLINE;

/** A Room and the Inboxes that it calls. */
class World {
  /** What the Room stores of its members. */
  readonly fed = new Set<string>(MEMBERS);
  readonly listening = new Set<string>(ONLINE);
  readonly former = new Set<string>();
  readonly failing = new Set<string>();
  unread = 0;
  calls: { userId: string; at: number; unread: number | undefined }[] = [];
  mostAtOnce = 0;
  #atOnce = 0;

  /** The feeds of the Room; called again, after an eviction. */
  feeds(): Feeds {
    return new Feeds({
      clock: () => Date.now(),
      groupId: 'group',
      fed: () => [...this.fed],
      isMember: (userId) => !this.former.has(userId),
      send: async (userId) => {
        const unread = this.former.has(userId) ? undefined : this.unread;
        this.calls.push({ userId, at: Date.now(), unread });
        this.#atOnce += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
        await new Promise((resolve) => setTimeout(resolve, 5));
        this.#atOnce -= 1;
        if (this.failing.has(userId)) throw new Error('overloaded');
        return { isListening: this.listening.has(userId) };
      },
      setFed: (userId, isFed) => {
        if (isFed) this.fed.add(userId);
        else this.fed.delete(userId);
      },
      after: (ms, run) => setTimeout(run, ms),
    });
  }

  of(userId: string) {
    return this.calls.filter((call) => call.userId === userId);
  }
}

let world: World;

beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a message in a group of 1,000 with 50 online', () => {
  /** The Room has learned that the others have no client. */
  async function settled(): Promise<Feeds> {
    const feeds = world.feeds();
    feeds.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    world.calls = [];
    return feeds;
  }

  it('costs a call for each who is online, at most 40 at once', async () => {
    const feeds = await settled();
    world.unread = 1;
    feeds.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.calls.map(({ userId }) => userId).toSorted()).toEqual(ONLINE.toSorted());
    expect(world.mostAtOnce).toBeLessThanOrEqual(40);
  });

  it('costs as many after an eviction', async () => {
    await settled();
    const feeds = world.feeds();
    feeds.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.calls).toHaveLength(ONLINE.length);
  });

  it('costs none once nobody is online', async () => {
    const feeds = await settled();
    world.listening.clear();
    feeds.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    world.calls = [];
    feeds.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.calls).toEqual([]);
  });

  it('is one of hundreds a second, and everyone is called once a second, the last time with the last count', async () => {
    const feeds = await settled();
    for (let sent = 0; sent < 1_000; sent += 1) {
      world.unread += 1;
      feeds.changed();
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(3_000);
    for (const userId of [ada, ONLINE.at(-1) ?? '']) {
      const calls = world.of(userId);
      const pauses = calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0));
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(1_000);
      expect(calls.length).toBeGreaterThan(6);
      expect(calls.at(-1)?.unread).toBe(1_000);
    }
  });
});

describe('an Inbox', () => {
  it('that fails is called again until it answers, and holds up no other', async () => {
    world.fed.clear();
    for (const userId of ONLINE) world.fed.add(userId);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    world.failing.add(ada);
    const feeds = world.feeds();
    world.unread = 7;
    feeds.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.of(grace)).toHaveLength(1);
    world.failing.clear();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(world.of(ada).length).toBeGreaterThan(1);
    expect(world.of(ada).at(-1)?.unread).toBe(7);
    const before = world.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.calls).toHaveLength(before);
  });

  it('that subscribes while it answers that nobody is there is called again', async () => {
    world.listening.clear();
    const feeds = world.feeds();
    feeds.changed(ada);
    await vi.advanceTimersByTimeAsync(1);
    feeds.subscribed(ada);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.fed.has(ada)).toBe(true);
    world.calls = [];
    feeds.changed(ada);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.of(ada)).toHaveLength(1);
  });

  it('learns that its user was removed, though nobody listens, and is then left alone', async () => {
    world.listening.clear();
    world.fed.clear();
    const feeds = world.feeds();
    world.former.add(ada);
    feeds.membershipChanged(ada, false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.of(ada)).toMatchObject([{ unread: undefined }]);
    feeds.changed();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(world.of(ada)).toHaveLength(1);
  });

  it('can be waited for: it was then called with the entry as it is now', async () => {
    const feeds = world.feeds();
    feeds.changed(ada);
    await vi.advanceTimersByTimeAsync(1);
    world.unread = 1;
    feeds.changed(ada);
    const called = feeds.called(ada).then(() => world.of(ada).at(-1)?.unread);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await called).toBe(1);
  });

  it('is waited for no longer than 3 s', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const feeds = world.feeds();
    world.failing.add(ada);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      feeds.changed(ada);
      await vi.advanceTimersByTimeAsync(3_000);
    }
    const start = Date.now();
    const waited = feeds.called(ada).then(() => Date.now() - start);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waited).toBeLessThanOrEqual(3_000);
  });
});
