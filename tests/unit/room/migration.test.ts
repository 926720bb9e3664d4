import { expect, test } from 'vitest';
import { RoomStore } from '../../../worker/room/rows/room-store.ts';
import { migrate } from '../../../worker/room/rows/schema.ts';
import { nodeRoomSql, person } from '../../support/node-room.ts';
import { idOf, roomOfVersion2 } from '../../support/room-of-version-2.ts';

const [ada, grace] = [person('Ada'), person('Grace')];

function migrated() {
  const sql = nodeRoomSql();
  sql.exec(roomOfVersion2(ada, grace));
  migrate(sql);
  return { sql, store: new RoomStore(sql, 'group') };
}

test('a Room of the version before keeps its group, members and messages', () => {
  const { sql, store } = migrated();
  expect(RoomStore.holdsGroup(sql)).toBe(true);
  expect(store.group()).toMatchObject({ name: 'Engines', topic: 'of yore', memberCount: 2 });
  expect([store.counter(), store.epoch()]).toEqual([9, 'epoch-1']);
  expect(store.members.current().map(({ user }) => user)).toEqual([ada, grace]);
  expect(store.messages.byId(idOf(5))).toMatchObject({
    rev: 7,
    replyCount: 1,
    replyUserIds: [grace.id],
    mentions: [grace.id],
    reactions: [{ emoji: '👍', count: 1, userIds: [grace.id] }],
  });
  expect(store.messages.byId(idOf(6))).toMatchObject({ content: 'a reply', parentId: idOf(5) });
  expect(store.messages.byId(idOf(8))).toMatchObject({ content: '', deletedAt: 5000 });
});

test('it keeps how far its mirror in D1 is', () => {
  const { store } = migrated();
  expect([store.mirrored('directory'), store.mirrored('messages')]).toEqual([4, 4]);
  expect(store.cursors.cursor(ada.id)).toMatchObject({ readSeq: 6, readAt: 3500, mark: 1 });
  const cursors = JSON.stringify([
    [ada.id, 6, 3500, 1],
    [grace.id, 5, 2500, 0],
  ]);
  expect(store.cursors.dirty(10)).toEqual([{ pack: 0, cursors, version: 3 }]);
  expect(store.follows.dirty(10)).toEqual([
    { userId: ada.id, rootSeq: 5, following: true, readSeq: 6, version: 2 },
  ]);
});

test('what needs no row any more has none', () => {
  const { sql } = migrated();
  expect(sql.exec('SELECT task FROM agenda').toArray()).toEqual([]);
});

test('only rows that D1 lacks are in the indexes that the mirror reads', () => {
  const { sql } = migrated();
  const indexes = sql
    .exec("SELECT sql FROM sqlite_master WHERE name IN ('preferences_dirty', 'follows_dirty')")
    .toArray();
  for (const index of indexes) expect(index['sql']).toMatch(/version > "?mirrored_version"?$/);
  expect(indexes).toHaveLength(2);
});

test('read receipts are on for everyone, until their Inbox says otherwise', () => {
  const { store } = migrated();
  expect(store.preferences.withoutReceipts()).toEqual(new Set());
  expect(store.preferences.find(ada.id)).toMatchObject({ readReceipts: true, receiptsVersion: 0 });
});
