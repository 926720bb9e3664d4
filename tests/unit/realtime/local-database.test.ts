import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { openOutboxStore } from '../../../web/realtime/outbox/store.ts';
import { ADA, GROUP_ID, messageAt } from '../../support/group-events.ts';

test('entries of an older database version are kept, in order', async () => {
  const first = await openDB('edgewise', 1, {
    upgrade(db) {
      const outbox = db.createObjectStore('outbox', { keyPath: 'position', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      outbox.createIndex('group', ['userId', 'groupId']);
    },
  });
  const of = { userId: ADA.id, groupId: GROUP_ID, createdAt: 1, queuedAt: 1 };
  await first.put('outbox', { ...of, id: messageAt(2).id, content: 'one' });
  await first.put('outbox', { ...of, id: messageAt(1).id, content: 'two' });
  first.close();
  const rows = await openOutboxStore().rowsOf(ADA.id, GROUP_ID);
  expect(rows).toMatchObject([
    { type: 'message', content: 'one' },
    { type: 'message', content: 'two' },
  ]);
});
