import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { groupCache } from '../../../web/realtime/cache/group-cache.ts';
import { takeSnapshot } from '../../../web/realtime/replica/snapshot.ts';
import { ADA, GROUP_ID, messageAt, replicaOf, stateAt } from '../../support/group-events.ts';

test('a group that was cached as one row is dropped, the next is cached, and drafts are kept', async () => {
  const replica = replicaOf();
  replica.apply(stateAt(300, { messages: [messageAt(300)] }));
  const cached = takeSnapshot(replica, 1);
  if (!cached) throw new Error('there is no snapshot');
  const version3 = await openDB('edgewise', 3, {
    upgrade(db) {
      const outbox = db.createObjectStore('outbox', { keyPath: 'position', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      outbox.createIndex('group', ['userId', 'groupId']);
      db.createObjectStore('drafts', { keyPath: ['userId', 'groupId', 'parentId'] });
      db.createObjectStore('groups', { keyPath: ['userId', 'group.id'] });
      db.createObjectStore('files', { keyPath: ['userId', 'groupId', 'id'] });
    },
  });
  const draft = { userId: ADA.id, groupId: GROUP_ID, parentId: '', text: 'hel', named: [] };
  await version3.put('drafts', draft);
  await version3.put('groups', { ...cached, version: 1 });
  version3.close();
  expect(await groupCache.read(ADA.id, GROUP_ID)).toBeUndefined();
  const db = await openDB('edgewise');
  expect(await db.getAll('groups')).toEqual([]);
  expect(await db.getAll('drafts')).toEqual([draft]);
  db.close();
  expect(await groupCache.write(cached)).toBe(true);
  expect(await groupCache.read(ADA.id, GROUP_ID)).toEqual(cached);
});
