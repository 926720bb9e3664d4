import { expect, test } from 'vitest';
import { CacheRestore } from '../../../web/realtime/cache/cache-restore.ts';
import type { CachedGroup } from '../../../web/realtime/replica/cached-group.ts';
import { takeSnapshot } from '../../../web/realtime/replica/snapshot.ts';
import { ADA, GROUP_ID, messageAt, replicaOf, stateAt } from '../../support/group-events.ts';
import { manualClock } from '../../support/manual-clock.ts';

const HEARD_AT = 1_000;
/** A database that answers only after this is slow, ms. */
const SLOW_MS = 1_000;

/** A restore from a database that answers when the test says so. */
function restoring() {
  const clock = manualClock();
  const before = replicaOf();
  before.apply(stateAt(5, { messages: [messageAt(4), messageAt(5)] }));
  const cached = takeSnapshot(before, HEARD_AT);
  const replica = replicaOf();
  const read = Promise.withResolvers<CachedGroup | undefined>();
  const restore = new CacheRestore({
    userId: ADA.id,
    groupId: GROUP_ID,
    cache: { read: () => read.promise, write: async () => true },
    clock,
    replica: () => replica,
    isClosed: () => false,
    changed: () => undefined,
  });
  return { clock, replica, restore, answer: () => read.resolve(cached) };
}

test('connecting does not wait for a slow database, and the cached group is shown when it comes', async () => {
  const { clock, replica, restore, answer } = restoring();
  const waited = restore.restore();
  clock.pass(SLOW_MS);
  await waited;
  expect(replica.position).toBeUndefined();
  answer();
  await expect.poll(() => replica.position?.since).toBe(5);
  expect(restore.group?.heardAt).toBe(HEARD_AT);
});

test('a cached group that comes after the state of the server changes nothing', async () => {
  const { clock, replica, restore, answer } = restoring();
  const waited = restore.restore();
  clock.pass(SLOW_MS);
  await waited;
  replica.apply(stateAt(9, { messages: [messageAt(9)] }));
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect(replica.position?.since).toBe(9);
  expect(restore.group).toBeUndefined();
});
