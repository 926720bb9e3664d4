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

test('its timeline is found behind long threads, and goes on', () => {
  const sql = nodeRoomSql();
  sql.exec(roomOfVersion2(ada, grace));
  sql.exec(`INSERT INTO messages (seq, id, rev, user_id, content, created_at, parent_seq)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
    SELECT 9 + i, 'reply ' || i, 9 + i, '${grace.id}', 'a reply', 6000, 5 FROM n;`);
  migrate(sql);
  const { messages } = new RoomStore(sql, 'group');
  const seqs = () => messages.before({ timeline: true }, 1_000, 9).map(({ seq }) => seq);
  expect(seqs()).toEqual([4, 5, 8]);
  expect(messages.timeline.countUnread('user_other', 0, 100)).toEqual({ unread: 1, mentions: 0 });
  const reply = { id: idOf(9), userId: ada.id, content: 'new', createdAt: 7000 };
  messages.insert({ ...reply, seq: 300, root: { id: idOf(5), seq: 5 }, alsoToGroup: false });
  expect(sql.exec('SELECT timeline_before FROM messages WHERE seq = 300').toArray()).toEqual([
    { timeline_before: 8 },
  ]);
  expect(seqs()).toEqual([4, 5, 8]);
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
