import { and, type Column, count, eq, getTableColumns, gt, max, type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core';
import * as z from 'zod/mini';
import type { Group, Member } from '../../protocol/models.ts';
import { type MirroredFile, upsertFiles } from './files.ts';
import { groupOf } from './groups.ts';
import { jsonRows } from './json-rows.ts';
import {
  cursorPacks,
  cursors,
  follows,
  groups,
  memberships,
  messages,
  type PackedReaction,
  preferences,
  users,
} from './schema.ts';
import { type KnownUser, knownUserOf } from './users.ts';

/** A group with its Room's counter. A loaded Room must start counting above it. `deletedAt` marks a group that is gone. */
export type MirroredGroup = Group & { counter: number; deletedAt?: number | undefined };

/** A membership with the version of the profile that the directory has. */
export type MirroredMember = Member & { user: KnownUser };

const dialect = new SQLiteAsyncDialect();

/** D1 fails on replies near 1 MB. A page of messages stays well below. */
const PAGE_BYTES = 500_000;
const PAGE_ROWS = 500;

/** The columns of a table by their names in SQL, with the values that D1 stores: JSON as text, flags as 0 or 1. */
type StoredRow<Columns extends Record<string, Column>> = {
  [Key in keyof Columns as Columns[Key]['_']['name']]:
    | Columns[Key]['_']['driverParam']
    | (Columns[Key]['_']['notNull'] extends true ? never : null);
};

/** A row of `messages` as a Room has it, with its reactions, so that nothing is lost on the way back. */
export type MirroredMessage = Omit<
  StoredRow<(typeof messages)['_']['columns']>,
  'group_id' | 'reactions'
> & { reactions: PackedReaction[] };

/** How far people have read a group, as a Room packs it. */
export type MirroredCursorPack = Omit<typeof cursorPacks.$inferSelect, 'groupId'>;

/** How far a user has read a group, as Rooms wrote it before they packed cursors. */
export type MirroredCursor = Omit<typeof cursors.$inferSelect, 'groupId'>;

/** Whether a user follows a thread, and how far they have read it. */
export type MirroredFollow = Omit<typeof follows.$inferSelect, 'groupId'>;

/** What a person has set for themselves. */
export type MirroredPreference = Omit<typeof preferences.$inferSelect, 'groupId'>;

/** Changed rows of one group. */
export interface MirrorBatch {
  /** With them, if only an empty list, goes what the group itself is. */
  members?: Member[];
  messages?: MirroredMessage[];
  cursorPacks?: MirroredCursorPack[];
  follows?: MirroredFollow[];
  preferences?: MirroredPreference[];
  files?: MirroredFile[];
}

/** The columns that a Room has, too: all but the group and the packed reactions. */
const MESSAGE_COLUMNS = Object.values(getTableColumns(messages))
  .map((column) => column.name)
  .filter((name) => name !== 'group_id' && name !== 'reactions');

/**
 * Writes changed rows, all or nothing, and returns how many rows that took. A row that D1 has in the same or a later version stays,
 * so writing twice does no harm. Throws what D1 throws.
 *
 * `expected` is the counter that D1 has at least, unless it was set back: then no row with a rev is written, so that what
 * is there still shows how far D1 goes, and `isSetBack` says so.
 */
export async function mirrorChanges(
  database: D1Database,
  group: MirroredGroup,
  batch: MirrorBatch,
  expected: number,
): Promise<{ isSetBack: boolean; rows: number }> {
  const {
    members = [],
    messages: changedMessages = [],
    cursorPacks: movedCursors = [],
    follows: changedFollows = [],
    preferences: changedPreferences = [],
    files: changedFiles = [],
  } = batch;
  const asExpected = reaches(group.id, expected);
  const statements = [
    sql`SELECT ${asExpected} AS ok`,
    upsertGroup(group, { isDescribed: batch.members !== undefined, condition: asExpected }),
    ...(members.length > 0 ? [upsertMemberships(group.id, members, asExpected)] : []),
    ...(changedMessages.length > 0 ? [upsertMessages(group.id, changedMessages, asExpected)] : []),
    ...(movedCursors.length > 0 ? [upsertCursorPacks(group.id, movedCursors)] : []),
    ...(changedFollows.length > 0 ? [upsertFollows(group.id, changedFollows)] : []),
    ...(changedPreferences.length > 0 ? [upsertPreferences(group.id, changedPreferences)] : []),
    ...(changedFiles.length > 0 ? [upsertFiles(group.id, changedFiles)] : []),
  ];
  // Not drizzle's batch, which takes query builders only and fails on a `run` of raw SQL.
  const results = await database.batch<{ ok?: number }>(
    statements.map((statement) => {
      const query = dialect.sqlToQuery(statement);
      return database.prepare(query.sql).bind(...query.params);
    }),
  );
  return {
    isSetBack: results[0]?.results[0]?.ok !== 1,
    rows: results.reduce((sum, { meta }) => sum + meta.rows_written, 0),
  };
}

/** Whether D1 has this counter of the group at least. */
function reaches(groupId: string, counter: number) {
  return sql`ifnull((SELECT counter FROM groups WHERE id = ${groupId}), 0) >= ${counter}`;
}

/**
 * The revs up to which D1 has all rows of the group, whatever happened to it: a Room writes them in the order of their revs,
 * and a message whose seq is there was written after everything with a lower rev.
 */
export async function mirroredUpTo(
  database: D1Database,
  groupId: string,
): Promise<{ directory: number; messages: number }> {
  const [row] = await drizzle(database).all<{ directory: number; messages: number }>(sql`
    SELECT (SELECT ifnull(max(rev), 0) FROM memberships WHERE group_id = ${groupId}) AS directory,
      (SELECT ifnull(max(seq), 0) FROM messages WHERE group_id = ${groupId}) AS messages`);
  return row ?? { directory: 0, messages: 0 };
}

/** The group with this id; undefined if D1 has none. */
export async function findMirroredGroup(
  database: D1Database,
  groupId: string,
): Promise<MirroredGroup | undefined> {
  const row = await drizzle(database).select().from(groups).where(eq(groups.id, groupId)).get();
  return row && { ...groupOf(row), counter: row.counter, deletedAt: row.deletedAt ?? undefined };
}

/** Up to 500 memberships after `userId`, by user id. */
export async function mirroredMembersAfter(
  database: D1Database,
  groupId: string,
  userId: string,
): Promise<MirroredMember[]> {
  const rows = await drizzle(database)
    .select({ membership: memberships, user: users })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.groupId, groupId), gt(memberships.userId, userId)))
    .orderBy(memberships.userId)
    .limit(PAGE_ROWS);
  return rows.map(({ membership, user }) => ({
    userId: membership.userId,
    role: membership.role,
    joinedAt: membership.joinedAt,
    ...(membership.leftAt !== null && { leftAt: membership.leftAt }),
    rev: membership.rev,
    user: knownUserOf(user),
  }));
}

/** How many messages D1 has of a group, and the highest seq among them; 0 without any. */
export async function countMirroredMessages(
  database: D1Database,
  groupId: string,
): Promise<{ count: number; lastSeq: number }> {
  const [row] = await drizzle(database)
    .select({ count: count(), lastSeq: max(messages.seq) })
    .from(messages)
    .where(eq(messages.groupId, groupId));
  return { count: row?.count ?? 0, lastSeq: row?.lastSeq ?? 0 };
}

/** The messages before `seq`, the newest first: up to 500, and at most 500 KB unless the first alone is larger. */
export async function mirroredMessagesBefore(
  database: D1Database,
  groupId: string,
  seq: number,
): Promise<MirroredMessage[]> {
  const columns = MESSAGE_COLUMNS.join(', ');
  const bytes = sql.raw(
    [...MESSAGE_COLUMNS, 'reactions']
      .map((column) => `ifnull(length(cast(${column} as blob)), 0)`)
      .join(' + '),
  );
  const rows = await drizzle(database).all<
    Omit<MirroredMessage, 'reactions'> & { reactions: string | null }
  >(sql`
    SELECT ${sql.raw(columns)}, reactions FROM (
      SELECT *, sum(${bytes}) OVER (ORDER BY seq DESC) AS bytes_so_far, row_number() OVER (ORDER BY seq DESC) AS nth
      FROM (SELECT * FROM messages WHERE group_id = ${groupId} AND seq < ${seq} ORDER BY seq DESC LIMIT ${PAGE_ROWS}))
    WHERE bytes_so_far < ${PAGE_BYTES} OR nth = 1 ORDER BY seq DESC`);
  return rows.map((row) => ({
    ...row,
    reactions: row.reactions === null ? [] : PackedReactions.parse(JSON.parse(row.reactions)),
  }));
}

/** All packs of cursors of a group, in order. */
export async function mirroredCursorPacks(
  database: D1Database,
  groupId: string,
): Promise<MirroredCursorPack[]> {
  return drizzle(database)
    .select()
    .from(cursorPacks)
    .where(eq(cursorPacks.groupId, groupId))
    .orderBy(cursorPacks.pack);
}

/** All cursors of a group whose Room had not packed them yet. */
export async function mirroredCursors(
  database: D1Database,
  groupId: string,
): Promise<MirroredCursor[]> {
  return drizzle(database).select().from(cursors).where(eq(cursors.groupId, groupId));
}

/** Up to 500 follows of a group after this one, by user id and root. */
export async function mirroredFollowsAfter(
  database: D1Database,
  groupId: string,
  { userId, rootSeq }: Pick<MirroredFollow, 'userId' | 'rootSeq'>,
): Promise<MirroredFollow[]> {
  return drizzle(database)
    .select()
    .from(follows)
    .where(
      and(
        eq(follows.groupId, groupId),
        sql`(${follows.userId}, ${follows.rootSeq}) > (${userId}, ${rootSeq})`,
      ),
    )
    .orderBy(follows.userId, follows.rootSeq)
    .limit(PAGE_ROWS);
}

/** Up to 500 preferences of a group after `userId`, by user id. */
export async function mirroredPreferencesAfter(
  database: D1Database,
  groupId: string,
  userId: string,
): Promise<MirroredPreference[]> {
  return drizzle(database)
    .select()
    .from(preferences)
    .where(and(eq(preferences.groupId, groupId), gt(preferences.userId, userId)))
    .orderBy(preferences.userId)
    .limit(PAGE_ROWS);
}

const PackedReactions = z.array(z.tuple([z.string(), z.string(), z.int(), z.int()]));

/**
 * Only with `isDescribed` does a group that D1 has get more than its counts: naming a column of an index costs a row, even if
 * its value stays.
 */
function upsertGroup(
  group: MirroredGroup,
  { isDescribed, condition }: { isDescribed: boolean; condition: SQL },
) {
  const described = sql`name = excluded.name, topic = excluded.topic, visibility = excluded.visibility,
    archived_at = excluded.archived_at, deleted_at = excluded.deleted_at, image_id = excluded.image_id, rev = excluded.rev,`;
  const isNewer = isDescribed
    ? sql`excluded.rev > rev OR excluded.counter > counter`
    : sql`excluded.counter > counter`;
  return sql`
    INSERT INTO groups (id, kind, name, topic, visibility, created_by, created_at, archived_at, deleted_at, image_id, member_count, last_seq, rev, counter)
    SELECT ${group.id}, ${group.kind}, ${group.name}, ${group.topic}, ${group.visibility}, ${group.createdBy},
      ${group.createdAt}, ${group.archivedAt ?? null}, ${group.deletedAt ?? null}, ${group.imageId ?? null}, ${group.memberCount}, ${group.lastSeq}, ${group.rev}, ${group.counter}
    WHERE ${condition}
    ON CONFLICT (id) DO UPDATE SET
      ${isDescribed ? described : sql.empty()}
      member_count = excluded.member_count, last_seq = max(last_seq, excluded.last_seq), counter = max(counter, excluded.counter)
    WHERE ${isNewer}`;
}

function upsertMemberships(groupId: string, members: Member[], condition: SQL) {
  const rows = members.map(({ user: _, ...membership }) => membership);
  return sql`
    INSERT INTO memberships (group_id, user_id, role, joined_at, left_at, rev)
    SELECT ${groupId}, value ->> 'userId', value ->> 'role', value ->> 'joinedAt', value ->> 'leftAt', value ->> 'rev'
    FROM ${jsonRows(rows)} WHERE ${condition}
    ON CONFLICT (group_id, user_id) DO UPDATE SET
      role = excluded.role, joined_at = excluded.joined_at, left_at = excluded.left_at, rev = excluded.rev
    WHERE excluded.rev > rev`;
}

function upsertMessages(groupId: string, changed: MirroredMessage[], condition: SQL) {
  const columns = MESSAGE_COLUMNS.join(', ');
  const values = MESSAGE_COLUMNS.map((column) => `value ->> '${column}'`).join(', ');
  const updates = MESSAGE_COLUMNS.filter((column) => column !== 'seq' && column !== 'id')
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');
  return sql`
    INSERT INTO messages (group_id, ${sql.raw(columns)}, reactions)
    SELECT ${groupId}, ${sql.raw(values)}, value -> 'reactions'
    FROM ${jsonRows(changed)} WHERE ${condition}
    ON CONFLICT (group_id, seq) DO UPDATE SET ${sql.raw(updates)}, reactions = excluded.reactions
    WHERE excluded.rev > rev`;
}

function upsertCursorPacks(groupId: string, moved: MirroredCursorPack[]) {
  return sql`
    INSERT INTO cursor_packs (group_id, pack, cursors, version)
    SELECT ${groupId}, value ->> 'pack', value ->> 'cursors', value ->> 'version'
    FROM ${jsonRows(moved)} WHERE true
    ON CONFLICT (group_id, pack) DO UPDATE SET cursors = excluded.cursors, version = excluded.version
    WHERE excluded.version > version`;
}

function upsertFollows(groupId: string, followed: MirroredFollow[]) {
  return sql`
    INSERT INTO follows (group_id, user_id, root_seq, following, read_seq, version)
    SELECT ${groupId}, value ->> 'userId', value ->> 'rootSeq', value ->> 'following', value ->> 'readSeq', value ->> 'version'
    FROM ${jsonRows(followed)} WHERE true
    ON CONFLICT (group_id, user_id, root_seq) DO UPDATE SET following = excluded.following, read_seq = excluded.read_seq,
      version = excluded.version
    WHERE excluded.version > version`;
}

function upsertPreferences(groupId: string, changed: MirroredPreference[]) {
  return sql`
    INSERT INTO preferences (group_id, user_id, level, muted_until, hidden_seq, read_receipts, receipts_version, version)
    SELECT ${groupId}, value ->> 'userId', value ->> 'level', value ->> 'mutedUntil', value ->> 'hiddenSeq',
      value ->> 'readReceipts', value ->> 'receiptsVersion', value ->> 'version'
    FROM ${jsonRows(changed)} WHERE true
    ON CONFLICT (group_id, user_id) DO UPDATE SET level = excluded.level, muted_until = excluded.muted_until,
      hidden_seq = excluded.hidden_seq, read_receipts = excluded.read_receipts,
      receipts_version = excluded.receipts_version, version = excluded.version
    WHERE excluded.version > version`;
}
