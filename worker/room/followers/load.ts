import {
  findMirroredGroup,
  type MirroredGroup,
  mirroredCursorsAfter,
  mirroredFollowsAfter,
  mirroredMembersAfter,
  mirroredMessagesAfter,
} from '../../directory/mirror.ts';
import { RoomStore } from '../rows/room-store.ts';
import { migrate } from '../rows/schema.ts';
import type { RoomSql } from '../rows/sql.ts';

/**
 * How far a loaded Room counts ahead of D1: what was not mirrored is lost with the storage, and its revs, which clients
 * may have seen, must never be used twice.
 */
const AHEAD = 1_000_000;

/**
 * Fills an empty storage from D1. False if D1 knows no such group; throws if D1 cannot be read. The group's own row is
 * written last, with the last page: until then the storage holds no group, and a load that was cut off starts anew.
 */
export async function loadFromMirror(
  sql: RoomSql,
  database: D1Database,
  groupId: string,
  newEpoch: () => string,
): Promise<boolean> {
  const group = await findMirroredGroup(database, groupId);
  if (!group) return false;
  migrate(sql);
  sql.transaction(() => {
    sql.exec('DELETE FROM members');
    sql.exec('DELETE FROM messages');
    sql.exec('DELETE FROM reactions');
    sql.exec('DELETE FROM cursors');
    sql.exec('DELETE FROM follows');
  });
  const store = new RoomStore(sql, groupId);
  const highestRev = Math.max(
    group.counter,
    await loadMembers(store, database),
    await loadMessages(store, database),
  );
  await loadCursors(store, database);
  await loadFollows(store, database);
  store.createGroup(loadedRow(store, group, highestRev + AHEAD, newEpoch()));
  return true;
}

async function loadMembers(store: RoomStore, database: D1Database): Promise<number> {
  let highestRev = 0;
  for (let last = ''; ; ) {
    const page = await mirroredMembersAfter(database, store.groupId, last);
    store.transaction(() => {
      for (const { user, ...member } of page) {
        const { profileAt, ...profile } = user;
        store.members.put({ ...member, user: profile }, profileAt);
      }
    });
    for (const { rev, userId } of page) {
      highestRev = Math.max(highestRev, rev);
      last = userId;
    }
    if (page.length === 0) return highestRev;
  }
}

async function loadMessages(store: RoomStore, database: D1Database): Promise<number> {
  let highestRev = 0;
  for (let last = 0; ; ) {
    const page = await mirroredMessagesAfter(database, store.groupId, last);
    store.transaction(() => {
      for (const { reactions, ...row } of page) {
        const rows = reactions.map((reaction) => ({ ...reaction, message_seq: row.seq }));
        store.messages.insertRow(row, rows);
      }
    });
    for (const { rev, seq } of page) {
      highestRev = Math.max(highestRev, rev);
      last = seq;
    }
    if (page.length === 0) return highestRev;
  }
}

async function loadCursors(store: RoomStore, database: D1Database): Promise<void> {
  for (let last = ''; ; ) {
    const page = await mirroredCursorsAfter(database, store.groupId, last);
    store.transaction(() => {
      for (const cursor of page) store.cursors.restore(cursor);
    });
    const end = page.at(-1);
    if (!end) return;
    last = end.userId;
  }
}

async function loadFollows(store: RoomStore, database: D1Database): Promise<void> {
  for (let last = { userId: '', rootSeq: 0 }; ; ) {
    const page = await mirroredFollowsAfter(database, store.groupId, last);
    store.transaction(() => {
      for (const follow of page) store.cursors.restoreFollow(follow);
    });
    const end = page.at(-1);
    if (!end) return;
    last = end;
  }
}

function loadedRow(store: RoomStore, group: MirroredGroup, counter: number, epoch: string) {
  return {
    kind: group.kind,
    name: group.name,
    topic: group.topic,
    visibility: group.visibility,
    created_by: group.createdBy,
    created_at: group.createdAt,
    archived_at: group.archivedAt ?? null,
    rev: group.rev,
    member_count: store.members.countCurrent(),
    counter,
    epoch,
    // D1 has all that we have, and our counter is far above its rows.
    mirrored_directory_rev: counter,
    mirrored_messages_rev: counter,
  };
}
