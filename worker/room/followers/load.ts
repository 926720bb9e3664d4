import {
  findMirroredGroup,
  type MirroredGroup,
  mirroredCursorsAfter,
  mirroredFollowsAfter,
  mirroredMembersAfter,
  mirroredMessagesAfter,
} from '../../directory/mirror.ts';
import type { PackedReaction } from '../../directory/schema.ts';
import type { ReactionRow } from '../rows/message-rows.ts';
import type { GroupRow } from '../rows/room-rows.ts';
import { RoomStore } from '../rows/room-store.ts';
import { migrate } from '../rows/schema.ts';
import type { RoomSql } from '../rows/sql.ts';

/**
 * How far the counter of a loaded Room starts above D1's. Changes that were not mirrored are lost with the storage, but
 * clients may have seen their revs, so those must never be used twice.
 */
const AHEAD = 1_000_000;

/**
 * Loads a group from D1 into an empty storage. Returns false if D1 has no such group, and throws if D1 cannot be read. The
 * group's own row is written last: until then the storage holds no group, and an interrupted load starts again.
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
        const rows = reactions.map((reaction) => unpacked(row.seq, reaction));
        store.messages.restore(row, rows);
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
      for (const follow of page) store.follows.restore(follow);
    });
    const end = page.at(-1);
    if (!end) return;
    last = end;
  }
}

/** A reaction as D1 packs it, as a row. */
function unpacked(seq: number, [emoji, user_id, first_rev, rev]: PackedReaction): ReactionRow {
  return { message_seq: seq, emoji, user_id, first_rev, rev };
}

function loadedRow(
  store: RoomStore,
  group: MirroredGroup,
  counter: number,
  epoch: string,
): GroupRow {
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
    // D1 has every row of this Room, and the counter is far above their revs.
    mirrored_directory_rev: counter,
    mirrored_messages_rev: counter,
  };
}
