import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import { groupCache } from '../../../web/realtime/cache/group-cache.ts';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import type { CachedGroup } from '../../../web/realtime/replica/cached-group.ts';
import { takeSnapshot } from '../../../web/realtime/replica/snapshot.ts';
import {
  ADA,
  GROUP_ID,
  messageAt,
  messageEvent,
  replicaOf,
  stateAt,
} from '../../support/group-events.ts';

const HEARD_AT = 77;

afterEach(() => openOutboxStore().forget(ADA.id));

/** A group at this rev, with a message at every one of the last `count`. */
function groupAt(rev: number, count = 1) {
  const messages = Array.from({ length: count }, (_, n) => messageAt(rev - count + 1 + n));
  const replica = replicaOf();
  replica.apply(stateAt(rev, { messages, hasBefore: true }));
  return replica;
}

function snapshotAt(rev: number, count?: number): CachedGroup {
  const snapshot = takeSnapshot(groupAt(rev, count), HEARD_AT);
  if (!snapshot) throw new Error('there is no snapshot');
  return snapshot;
}

test('a group is restored from the cache, and syncs from there', async () => {
  const before = groupAt(300, 250);
  await groupCache.write(snapshotAt(300, 250));
  const cached = await groupCache.read(ADA.id, GROUP_ID);
  if (!cached) throw new Error('the group was not cached');
  const after = replicaOf();
  after.restore(cached);
  expect(after.position).toEqual({ since: 300, epoch: 'first' });
  expect(after.group).toEqual(before.group);
  expect(after.me).toEqual(before.me);
  expect(after.people.members).toEqual(before.people.members);
  expect(after.people.user('user_grace')?.name).toBe('Grace');
  expect(after.timeline.present.messages).toHaveLength(200);
  expect(after.timeline.present.hasBefore).toBe(true);
  after.apply(messageEvent(messageAt(301)));
  expect(after.timeline.present.newestSeq).toBe(301);
});

test("a tab that lags behind does not overwrite another tab's cache", async () => {
  await groupCache.write(snapshotAt(300));
  await groupCache.write(snapshotAt(200));
  expect((await groupCache.read(ADA.id, GROUP_ID))?.since).toBe(300);
});

test('a cache that is ahead of the server is overwritten', async () => {
  await groupCache.write(snapshotAt(300));
  await groupCache.write(snapshotAt(200), { isRolledBack: true });
  expect((await groupCache.read(ADA.id, GROUP_ID))?.since).toBe(200);
});

test('a new epoch replaces the cache, however low its rev', async () => {
  await groupCache.write(snapshotAt(300));
  await groupCache.write({ ...snapshotAt(5), epoch: 'second' });
  expect(await groupCache.read(ADA.id, GROUP_ID)).toMatchObject({ since: 5, epoch: 'second' });
});

test('the cache of another version is dropped, and unsent entries are kept', async () => {
  const store = openOutboxStore();
  await store.put({
    type: 'message',
    id: messageAt(1).id,
    userId: ADA.id,
    groupId: GROUP_ID,
    content: 'unsent',
    createdAt: 1,
    queuedAt: 1,
  });
  await groupCache.write(snapshotAt(300));
  const db = await openDB('edgewise');
  const kept = await db.get('groups', [ADA.id, GROUP_ID]);
  await db.put('groups', { ...kept, version: 0 });
  expect(await groupCache.read(ADA.id, GROUP_ID)).toBeUndefined();
  expect(await db.count('groups')).toBe(0);
  // What is left of it does not get into the next one.
  await groupCache.write(snapshotAt(500, 3));
  expect((await groupCache.read(ADA.id, GROUP_ID))?.messages.map(({ seq }) => seq)).toEqual([
    498, 499, 500,
  ]);
  db.close();
  expect(await store.rowsOf(ADA.id, GROUP_ID)).toHaveLength(1);
});

test('the cache is separate for each user, and signing out deletes it', async () => {
  await groupCache.write(snapshotAt(300));
  expect(await groupCache.read('user_grace', GROUP_ID)).toBeUndefined();
  await openOutboxStore().forget(ADA.id);
  expect(await groupCache.read(ADA.id, GROUP_ID)).toBeUndefined();
  const db = await openDB('edgewise');
  expect([await db.count('messages'), await db.count('members')]).toEqual([0, 0]);
  db.close();
});

test('leaving a group deletes its cache and no other', async () => {
  const other = '01990000-0000-7000-8000-000000000001';
  const cached = snapshotAt(300, 2);
  await groupCache.write(cached);
  await groupCache.write({ ...cached, group: { ...cached.group, id: other } });
  await openOutboxStore().forget(ADA.id, GROUP_ID);
  expect(await groupCache.read(ADA.id, GROUP_ID)).toBeUndefined();
  expect((await groupCache.read(ADA.id, other))?.messages).toHaveLength(2);
});
