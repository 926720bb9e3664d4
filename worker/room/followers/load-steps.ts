import { mirroredFilesAfter } from '../../directory/files.ts';
import {
  mirroredCursorPacks,
  mirroredCursors,
  mirroredFollowsAfter,
  mirroredMembersAfter,
  mirroredMessagesBefore,
  mirroredPreferencesAfter,
} from '../../directory/mirror.ts';
import type { PackedReaction } from '../../directory/schema.ts';
import type { LoadPlace, LoadStep } from '../rows/load-store.ts';
import type { ReactionRow } from '../rows/message-rows.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** A page of rows that was read and is not written yet. */
interface LoadPage {
  rows: number;
  /** Where the next page begins. */
  after: LoadPlace;
  write(): void;
}

/** Reads the next page of one kind of rows; undefined if there are no more. Throws if D1 cannot be read. */
type ReadPage = (
  database: D1Database,
  store: RoomStore,
  after: LoadPlace,
) => Promise<LoadPage | undefined>;

/** How each step reads its rows from D1 and writes them into the Room. */
export const READ_PAGE: Record<LoadStep, ReadPage> = {
  members: pages(
    (database, groupId, { id }) => mirroredMembersAfter(database, groupId, id),
    ({ members }, { user: { profileAt, ...user }, ...member }) =>
      members.put({ ...member, user }, profileAt),
    ({ userId }) => ({ id: userId }),
  ),
  cursors: readCursors,
  preferences: pages(
    (database, groupId, { id }) => mirroredPreferencesAfter(database, groupId, id),
    ({ preferences }, preference) => preferences.restore(preference),
    ({ userId }) => ({ id: userId }),
  ),
  // Backwards. With a root, all its replies are there, because they are newer.
  messages: pages(
    (database, groupId, { seq }) =>
      mirroredMessagesBefore(database, groupId, seq === 0 ? Number.MAX_SAFE_INTEGER : seq),
    ({ messages }, { reactions, ...row }) =>
      messages.restore(
        row,
        reactions.map((reaction) => unpacked(row.seq, reaction)),
      ),
    ({ seq }) => ({ seq }),
  ),
  follows: pages(
    (database, groupId, { id, seq }) =>
      mirroredFollowsAfter(database, groupId, { userId: id, rootSeq: seq }),
    ({ follows }, follow) => follows.restore(follow),
    ({ userId, rootSeq }) => ({ id: userId, seq: rootSeq }),
  ),
  files: pages(
    (database, groupId, { id }) => mirroredFilesAfter(database, groupId, id),
    ({ files }, file) => files.restore(file),
    ({ id }) => ({ id }),
  ),
};

/** Reads the packs of cursors, or the cursors of a Room that had not packed them yet, all at once: they are few. */
async function readCursors(
  database: D1Database,
  { groupId, cursors }: RoomStore,
  after: LoadPlace,
): Promise<LoadPage | undefined> {
  if (after.seq > 0) return undefined;
  const packs = await mirroredCursorPacks(database, groupId);
  const single = packs.length > 0 ? [] : await mirroredCursors(database, groupId);
  return {
    rows: packs.length + single.length,
    after: { id: '', seq: 1 },
    write() {
      for (const pack of packs) cursors.restore(pack);
      for (const cursor of single) cursors.put(cursor);
      cursors.save();
    },
  };
}

/** The place before the first row of every step. */
export const LOAD_BEGINNING: LoadPlace = { id: '', seq: 0 };

function pages<Row>(
  read: (database: D1Database, groupId: string, after: LoadPlace) => Promise<Row[]>,
  write: (store: RoomStore, row: Row) => void,
  placeOf: (row: Row) => Partial<LoadPlace>,
): ReadPage {
  return async (database, store, after) => {
    const rows = await read(database, store.groupId, after);
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    return {
      rows: rows.length,
      after: { ...LOAD_BEGINNING, ...placeOf(last) },
      write: () => {
        for (const row of rows) write(store, row);
      },
    };
  };
}

/** A reaction as D1 packs it, as a row. */
function unpacked(seq: number, [emoji, user_id, first_rev, rev]: PackedReaction): ReactionRow {
  return { message_seq: seq, emoji, user_id, first_rev, rev };
}
