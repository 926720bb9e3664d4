import { type MirroredFile, mirroredFilesAfter } from '../../directory/files.ts';
import {
  findMirroredGroup,
  type MirroredCursor,
  type MirroredFollow,
  type MirroredGroup,
  type MirroredMember,
  type MirroredMessage,
  type MirroredPreference,
  mirroredCursorPacks,
  mirroredCursorsAfter,
  mirroredFollowsAfter,
  mirroredMembersAfter,
  mirroredMessagesAfter,
  mirroredPreferencesAfter,
} from '../../directory/mirror.ts';
import type { PackedReaction } from '../../directory/schema.ts';
import type { ObjectSql } from '../../sql.ts';
import type { ReactionRow } from '../rows/message-rows.ts';
import type { GroupRow } from '../rows/room-rows.ts';
import { RoomStore } from '../rows/room-store.ts';
import { migrate } from '../rows/schema.ts';

/**
 * How far the counter of a loaded Room starts above D1's. Changes that were not mirrored are lost with the storage, but
 * clients may have seen their revs, so those must never be used twice.
 */
const AHEAD = 1_000_000;

/**
 * Loads a group from D1 into an empty storage. Returns false if D1 has no such group or it was deleted, and throws if D1
 * cannot be read. The group's own row is written last: until then the storage holds no group, and an interrupted load
 * starts again.
 */
export async function loadFromMirror(
  sql: ObjectSql,
  database: D1Database,
  groupId: string,
  newEpoch: () => string,
): Promise<boolean> {
  const group = await findMirroredGroup(database, groupId);
  if (!group || group.deletedAt !== undefined) return false;
  migrate(sql);
  sql.transaction(() => {
    sql.exec('DELETE FROM members');
    sql.exec('DELETE FROM messages');
    sql.exec('DELETE FROM reactions');
    sql.exec('DELETE FROM cursor_packs');
    sql.exec('DELETE FROM follows');
    sql.exec('DELETE FROM preferences');
    sql.exec('DELETE FROM files');
  });
  const store = new RoomStore(sql, groupId);
  let highestRev = group.counter;
  await loadPages<MirroredMember>(
    store,
    (last) => mirroredMembersAfter(database, groupId, last?.userId ?? ''),
    ({ user: { profileAt, ...user }, ...member }) => {
      store.members.put({ ...member, user }, profileAt);
      highestRev = Math.max(highestRev, member.rev);
    },
  );
  await loadPages<MirroredMessage>(
    store,
    (last) => mirroredMessagesAfter(database, groupId, last?.seq ?? 0),
    ({ reactions, ...row }) => {
      const rows = reactions.map((reaction) => unpacked(row.seq, reaction));
      store.messages.restore(row, rows);
      highestRev = Math.max(highestRev, row.rev);
    },
  );
  await loadCursors(store, database);
  await loadPages<MirroredFollow>(
    store,
    (last) => mirroredFollowsAfter(database, groupId, last ?? { userId: '', rootSeq: 0 }),
    (follow) => store.follows.restore(follow),
  );
  await loadPages<MirroredPreference>(
    store,
    (last) => mirroredPreferencesAfter(database, groupId, last?.userId ?? ''),
    (preference) => store.preferences.restore(preference),
  );
  await loadPages<MirroredFile>(
    store,
    (last) => mirroredFilesAfter(database, groupId, last?.id ?? ''),
    (file) => store.files.restore(file),
  );
  store.files.setUnlistedUnsent();
  store.createGroup(loadedRow(store, group, highestRev + AHEAD, newEpoch()));
  return true;
}

/** Reads the packs of cursors or, of a Room that never packed them, the cursor of each user. */
async function loadCursors(store: RoomStore, database: D1Database): Promise<void> {
  const packs = await mirroredCursorPacks(database, store.groupId);
  for (const pack of packs) store.cursors.restore(pack);
  if (packs.length > 0) return;
  await loadPages<MirroredCursor>(
    store,
    (last) => mirroredCursorsAfter(database, store.groupId, last?.userId ?? ''),
    (cursor) => store.cursors.put(cursor),
  );
  store.cursors.save();
}

/** Reads pages until one is empty, and writes each in a transaction. `pageAfter` gets the last row of the page before. */
async function loadPages<Row>(
  store: RoomStore,
  pageAfter: (last: Row | undefined) => Promise<Row[]>,
  write: (row: Row) => void,
): Promise<void> {
  for (let last: Row | undefined; ; ) {
    const page = await pageAfter(last);
    store.transaction(() => {
      for (const row of page) write(row);
    });
    last = page.at(-1);
    if (last === undefined) return;
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
    deleted_at: null,
    rev: group.rev,
    member_count: store.members.countCurrent(),
    counter,
    epoch,
    // D1 has every row of this Room, and the counter is far above their revs.
    mirrored_directory_rev: counter,
    mirrored_messages_rev: counter,
  };
}
