import { and, eq, gt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { jsonRows } from './json-rows.ts';
import { files } from './schema.ts';

/** A file as a Room has it, so that nothing is lost on the way back. */
export type MirroredFile = Omit<typeof files.$inferSelect, 'groupId'>;

/** Up to this many files of a group are read at once: a file may have 2 KB of name and description. */
const PAGE_ROWS = 200;

/** The statement that writes files. A row that D1 has in the same or a later version stays. */
export function upsertFiles(groupId: string, changed: readonly MirroredFile[]) {
  return sql`
    INSERT INTO files (group_id, id, user_id, name, type, size, etag, uploaded_at, metadata, message_seq, gone_at, version)
    SELECT ${groupId}, value ->> 'id', value ->> 'userId', value ->> 'name', value ->> 'type', value ->> 'size',
      value ->> 'etag', value ->> 'uploadedAt', value -> 'metadata', value ->> 'messageSeq', value ->> 'goneAt',
      value ->> 'version'
    FROM ${jsonRows(changed)} WHERE true
    ON CONFLICT (group_id, id) DO UPDATE SET name = excluded.name, metadata = excluded.metadata,
      message_seq = excluded.message_seq, gone_at = excluded.gone_at, version = excluded.version
    WHERE excluded.version > version`;
}

/** Files of a group after `id`, by id. */
export async function mirroredFilesAfter(
  database: D1Database,
  groupId: string,
  id: string,
): Promise<MirroredFile[]> {
  return drizzle(database)
    .select()
    .from(files)
    .where(and(eq(files.groupId, groupId), gt(files.id, id)))
    .orderBy(files.id)
    .limit(PAGE_ROWS);
}

/** Erases the rows of files. Twice is harmless. Throws what D1 throws. */
export async function eraseFileRows(
  database: D1Database,
  groupId: string,
  ids: readonly string[],
): Promise<void> {
  await drizzle(database).run(
    sql`DELETE FROM files WHERE group_id = ${groupId} AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
}

/** Where files are in the order of `fileRowsAfter`. */
export type FileRowPlace = Pick<typeof files.$inferSelect, 'groupId' | 'id'>;

/** Up to `limit` rows of files of all groups after this one, by group and id. */
export async function fileRowsAfter(
  database: D1Database,
  { groupId, id }: FileRowPlace,
  limit: number,
): Promise<(FileRowPlace & { goneAt: number | null })[]> {
  return drizzle(database)
    .select({ groupId: files.groupId, id: files.id, goneAt: files.goneAt })
    .from(files)
    .where(sql`(${files.groupId}, ${files.id}) > (${groupId}, ${id})`)
    .orderBy(files.groupId, files.id)
    .limit(limit);
}

/** The ids of those of these files that D1 has, gone or not. */
export async function fileRowsAmong(
  database: D1Database,
  among: readonly { groupId: string; fileId: string }[],
): Promise<Set<string>> {
  const places = JSON.stringify(among.map(({ groupId, fileId }) => [groupId, fileId]));
  const rows = await drizzle(database).all<{ id: string }>(
    sql`SELECT id FROM files WHERE (group_id, id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${places}))`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Those of these files of a group that D1 has, and that are not gone. */
export async function presentFileRows(
  database: D1Database,
  groupId: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await drizzle(database).all<{ id: string }>(
    sql`SELECT id FROM files WHERE group_id = ${groupId} AND gone_at IS NULL
      AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  );
  return rows.map(({ id }) => id);
}
