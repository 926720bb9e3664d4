import { expect, test } from 'vitest';
import { CacheWriter } from '../../../web/realtime/cache/cache-writer.ts';
import { messageAt, messageEvent, replicaOf, stateAt } from '../../support/group-events.ts';
import { manualClock } from '../../support/manual-clock.ts';

test('a group is cached at once, then every half second while it changes, including the last change', () => {
  const clock = manualClock();
  const replica = replicaOf(clock);
  const kept: number[] = [];
  const keeper = new CacheWriter({
    clock,
    cache: { read: async () => undefined, write: async ({ since }) => void kept.push(since) },
    replica: () => replica,
    heardAt: () => clock.now(),
    isLive: () => true,
    fill: async () => undefined,
  });
  replica.apply(stateAt(10));
  keeper.changed();
  clock.pass(0);
  expect(kept).toEqual([10]);
  for (let seq = 11; seq <= 14; seq += 1) {
    replica.apply(messageEvent(messageAt(seq)));
    keeper.changed();
  }
  clock.pass(499);
  expect(kept).toEqual([10]);
  clock.pass(1);
  expect(kept).toEqual([10, 14]);
  // A change after a quiet period is cached at once, because the page may close at any time.
  clock.pass(60_000);
  replica.apply(messageEvent(messageAt(15)));
  keeper.changed();
  clock.pass(0);
  expect(kept).toEqual([10, 14, 15]);
});

test('missing history is loaded once a visit, when the group is live and quiet', async () => {
  const clock = manualClock();
  const replica = replicaOf(clock);
  let isLive = false;
  const filled: number[] = [];
  let kept = 0;
  const keeper = new CacheWriter({
    clock,
    cache: {
      read: async () => undefined,
      write: async () => {
        kept += 1;
      },
    },
    replica: () => replica,
    heardAt: () => clock.now(),
    isLive: () => isLive,
    fill: async (count) => void filled.push(count),
  });
  replica.apply(stateAt(10));
  keeper.visited();
  clock.pass(60_000);
  expect(filled).toEqual([]);
  isLive = true;
  keeper.visited();
  clock.pass(1_000);
  keeper.left();
  clock.pass(60_000);
  expect(filled).toEqual([]);
  keeper.visited();
  keeper.visited();
  clock.pass(60_000);
  keeper.visited();
  clock.pass(60_000);
  expect(filled).toEqual([200]);
  await Promise.resolve();
  clock.pass(500);
  expect(kept).toBe(1);
});

test('a reset is passed on with the next write to the cache, and only with that', () => {
  const clock = manualClock();
  const replica = replicaOf(clock);
  const kept: [number, boolean | undefined][] = [];
  const keeper = new CacheWriter({
    clock,
    cache: {
      read: async () => undefined,
      write: async ({ since }, { isRolledBack } = {}) => void kept.push([since, isRolledBack]),
    },
    replica: () => replica,
    heardAt: () => clock.now(),
    isLive: () => true,
    fill: async () => undefined,
  });
  for (const rev of [300, 200, 201]) {
    replica.apply(stateAt(rev));
    keeper.changed();
    clock.pass(500);
  }
  expect(kept).toEqual([
    [300, false],
    [200, true],
    [201, false],
  ]);
});
