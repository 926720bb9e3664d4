import { expect, test } from 'vitest';
import { CacheWriter } from '../../../web/realtime/cache/cache-writer.ts';
import type { GroupCache } from '../../../web/realtime/cache/group-cache.ts';
import { eventually } from '../../support/eventually.ts';
import { messageAt, messageEvent, replicaOf, stateAt } from '../../support/group-events.ts';
import { manualClock } from '../../support/manual-clock.ts';

const COLLECTED_MS = 2_000;

/** A writer of an empty replica, into a cache that stores nothing and notes what it is given. */
function writing({ write }: Partial<GroupCache> = {}) {
  const clock = manualClock();
  const replica = replicaOf(clock);
  const kept: [since: number, isRolledBack: boolean | undefined][] = [];
  const filled: number[] = [];
  let isLive = true;
  let heardAt = clock.now();
  const writer = new CacheWriter({
    clock,
    cache: {
      read: async () => undefined,
      async write(group, options) {
        kept.push([group.since, options?.isRolledBack]);
        return write ? write(group, options) : true;
      },
    },
    replica: () => replica,
    restored: () => undefined,
    heardAt: () => heardAt,
    isLive: () => isLive,
    fill: async (count) => void filled.push(count),
  });
  return {
    clock,
    replica,
    kept,
    filled,
    writer,
    setLive: (live: boolean) => {
      isLive = live;
    },
    /** The server is heard from now. */
    hear: () => {
      heardAt = clock.now();
    },
    /** Resolves when the cache was written this often. */
    wrote: (times: number) => eventually(() => expect(kept).toHaveLength(times)),
  };
}

test('changes are collected for two seconds, and the first and the last of them are cached', async () => {
  const { clock, replica, kept, writer, wrote } = writing();
  replica.apply(stateAt(10));
  writer.changed();
  clock.pass(COLLECTED_MS - 1);
  for (let seq = 11; seq <= 14; seq += 1) {
    replica.apply(messageEvent(messageAt(seq)));
    writer.changed();
  }
  expect(kept).toEqual([]);
  clock.pass(1);
  await wrote(1);
  replica.apply(messageEvent(messageAt(15)));
  writer.changed();
  clock.pass(COLLECTED_MS);
  await wrote(2);
  expect(kept.map(([since]) => since)).toEqual([14, 15]);
});

test('what is the same as before is not written again', async () => {
  const { clock, replica, kept, writer, wrote } = writing();
  replica.apply(stateAt(10));
  writer.changed();
  clock.pass(COLLECTED_MS);
  await wrote(1);
  // The state after a reconnect is equal, and another object.
  replica.apply(stateAt(10, { reset: false }));
  writer.changed();
  clock.pass(COLLECTED_MS);
  expect(kept).toHaveLength(1);
});

test('leaving writes at once, and without a change only until when the group was up to date', async () => {
  const { clock, replica, kept, writer, wrote, hear } = writing();
  replica.apply(stateAt(10));
  writer.changed();
  writer.leaving();
  await wrote(1);
  replica.apply(messageEvent(messageAt(11)));
  writer.changed();
  writer.leaving();
  await wrote(2);
  // What was due is written, and is not due again.
  clock.pass(COLLECTED_MS);
  writer.leaving();
  clock.pass(60_000);
  // Offline since then: nothing is known that is newer.
  writer.leaving();
  expect(kept).toHaveLength(2);
  hear();
  writer.leaving();
  await wrote(3);
  expect(kept.map(([since]) => since)).toEqual([10, 11, 11]);
});

test('a write that fails is repeated with the next change, and what was discarded is not written', async () => {
  let isFailing = true;
  const { clock, replica, kept, writer, wrote } = writing({ write: async () => !isFailing });
  for (const rev of [300, 200]) replica.apply(stateAt(rev));
  writer.changed();
  clock.pass(COLLECTED_MS);
  await wrote(1);
  isFailing = false;
  await eventually(() => expect(replica.isRolledBack).toBe(true));
  writer.changed();
  writer.discard();
  clock.pass(COLLECTED_MS);
  writer.changed();
  clock.pass(COLLECTED_MS);
  await wrote(2);
  expect(kept).toEqual([
    [200, true],
    [200, true],
  ]);
});

test('missing history is loaded once a visit, when the group is live and quiet', async () => {
  const { clock, replica, filled, writer, wrote, setLive } = writing();
  setLive(false);
  replica.apply(stateAt(10));
  writer.visited();
  clock.pass(60_000);
  expect(filled).toEqual([]);
  setLive(true);
  writer.visited();
  clock.pass(1_000);
  writer.left();
  clock.pass(60_000);
  expect(filled).toEqual([]);
  writer.visited();
  writer.visited();
  clock.pass(60_000);
  writer.visited();
  clock.pass(60_000);
  expect(filled).toEqual([200]);
  await Promise.resolve();
  clock.pass(COLLECTED_MS);
  await wrote(1);
});

test('a reset is passed on with the next write to the cache, and only with that', async () => {
  const { clock, replica, kept, writer, wrote } = writing();
  for (const [times, rev] of [300, 200, 201].entries()) {
    replica.apply(stateAt(rev));
    writer.changed();
    clock.pass(COLLECTED_MS);
    await wrote(times + 1);
  }
  expect(kept).toEqual([
    [300, false],
    [200, true],
    [201, false],
  ]);
});
