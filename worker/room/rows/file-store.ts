import type { FileKind } from '../../../protocol/files.ts';
import type { FileQuery } from '../../file-query.ts';
import { insertRow, numberIn, type ObjectSql, type SqlValue } from '../../sql.ts';
import type { Versioned } from './cursor-store.ts';
import { type FileRow, type StoredFile, storedFileOf } from './file-rows.ts';

/** A sent file with the id of its message and, if that is a reply, of its root. */
export type SentStoredFile = StoredFile & {
  messageId: string;
  seq: number;
  parentId: string | undefined;
};

/** The types of each kind. `f` is the file. */
const OF_KIND = {
  image: "f.type LIKE 'image/%'",
  video: "f.type LIKE 'video/%'",
  audio: "f.type LIKE 'audio/%'",
  document: "NOT (f.type LIKE 'image/%' OR f.type LIKE 'video/%' OR f.type LIKE 'audio/%')",
} as const satisfies Record<FileKind, string>;

/** The picture of the group waits for no message. */
const IS_UNSENT =
  'message_seq IS NULL AND gone_at IS NULL AND id IS NOT (SELECT image_id FROM group_state)';
const IS_SENT = 'message_seq IS NOT NULL AND gone_at IS NULL';

/** The files of one group: sent ones, those that wait for their message, and those whose bytes are to be erased. */
export class FileStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  find(id: string): StoredFile | undefined {
    return this.#select('WHERE id = ?', id)[0];
  }

  /** Those of these files that the group has, in any order. */
  among(ids: readonly string[]): StoredFile[] {
    return this.#select('WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  }

  /** Sent files, the newest message first. */
  sent({ kind, from, before, after, place, limit }: FileQuery): SentStoredFile[] {
    const conditions: [condition: string, ...bindings: SqlValue[]][] = [];
    if (kind !== undefined) conditions.push([OF_KIND[kind]]);
    if (from !== undefined) conditions.push(['f.user_id = ?', from]);
    if (before !== undefined) conditions.push(['f.uploaded_at < ?', before]);
    if (after !== undefined) conditions.push(['f.uploaded_at > ?', after]);
    if (place) conditions.push(['(f.message_seq, f.id) < (?, ?)', place.seq, place.id]);
    return this.#sql
      .exec<FileRow & { message_id: string; seq: number; parent_id: string | null }>(
        `SELECT f.*, m.id AS message_id, m.seq, p.id AS parent_id FROM files f JOIN messages m ON m.seq = f.message_seq
           LEFT JOIN messages p ON p.seq = m.parent_seq
         WHERE f.message_seq IS NOT NULL AND f.gone_at IS NULL ${conditions.map(([it]) => `AND ${it}`).join(' ')}
         ORDER BY f.message_seq DESC, f.id DESC LIMIT ?`,
        ...conditions.flatMap(([, ...bindings]) => bindings),
        limit,
      )
      .toArray()
      .map((row) => ({
        ...storedFileOf(row),
        messageId: row.message_id,
        seq: row.seq,
        parentId: row.parent_id ?? undefined,
      }));
  }

  /** Up to `limit` files whose bytes are to be erased, the longest waiting first. */
  gone(limit: number): StoredFile[] {
    return this.#select('WHERE gone_at IS NOT NULL ORDER BY gone_at LIMIT ?', limit);
  }

  /** When the file that waits longest for its message was uploaded, ms UTC; undefined if none waits. */
  oldestUnsentAt(): number | undefined {
    const [row] = this.#sql
      .exec<{ at: number | null }>(`SELECT min(uploaded_at) AS at FROM files WHERE ${IS_UNSENT}`)
      .toArray();
    return row?.at ?? undefined;
  }

  hasGone(): boolean {
    return numberIn(this.#sql, 'SELECT count(*) AS n FROM files WHERE gone_at IS NOT NULL') > 0;
  }

  // Writing: every method but `remove` counts the version of the rows that it changes

  add(file: StoredFile): void {
    this.#insert(file, 1, 0);
  }

  /** The file was sent with the message at `seq`. */
  setSent(id: string, seq: number): void {
    this.#change('message_seq = ?', 'id = ?', seq, id);
  }

  describe({ id, name, metadata }: Pick<StoredFile, 'id' | 'name' | 'metadata'>): void {
    this.#change('name = ?, metadata = ?', 'id = ?', name, JSON.stringify(metadata), id);
  }

  setGone(ids: readonly string[], at: number): void {
    this.#change(
      'gone_at = ?',
      'gone_at IS NULL AND id IN (SELECT value FROM json_each(?))',
      at,
      JSON.stringify(ids),
    );
  }

  /** The files that were uploaded until `until` and never sent. */
  setUnsentGone(until: number, at: number): void {
    this.#change('gone_at = ?', `${IS_UNSENT} AND uploaded_at <= ?`, at, until);
  }

  setGoneOf(userId: string, at: number): void {
    this.#change('gone_at = ?', 'gone_at IS NULL AND user_id = ?', at, userId);
  }

  /** All files of a deleted group. D1 forgets their rows with the group, so the mirror need not write them. */
  setAllGone(at: number): void {
    this.#sql.exec('UPDATE files SET gone_at = ifnull(gone_at, ?), mirrored_version = version', at);
  }

  /**
   * Lets files that no message lists wait for one: after a load from the mirror, a message or an edit that D1 did not have
   * may be sent again.
   */
  setUnlistedUnsent(): void {
    this.#change(
      'message_seq = NULL',
      `${IS_SENT} AND NOT EXISTS (SELECT 1 FROM messages m, json_each(m.attachments) a
         WHERE m.seq = files.message_seq AND a.value ->> 'id' = files.id)`,
    );
  }

  /** Removes the rows of files whose bytes are erased. */
  remove(ids: readonly string[]): void {
    this.#sql.exec(
      'DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(ids),
    );
  }

  // For the mirror

  /** Up to `limit` rows whose last version D1 lacks. */
  dirty(limit: number): Versioned<StoredFile>[] {
    return this.#sql
      .exec<FileRow>('SELECT * FROM files WHERE version > mirrored_version LIMIT ?', limit)
      .toArray()
      .map((row) => ({ ...storedFileOf(row), version: row.version }));
  }

  /** D1 has these versions. A row that was written again in the meantime stays dirty. */
  setMirrored(files: readonly Versioned<StoredFile>[]): void {
    for (const { id, version } of files) {
      this.#sql.exec('UPDATE files SET mirrored_version = ? WHERE id = ?', version, id);
    }
  }

  /** D1 has none of these files. */
  setUnmirrored(ids: readonly string[]): void {
    this.#sql.exec(
      'UPDATE files SET mirrored_version = 0 WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(ids),
    );
  }

  /** Inserts a row from the mirror with its version: every later version must be higher. */
  restore(file: Versioned<StoredFile>): void {
    this.#insert(file, file.version, file.version);
  }

  #insert(file: StoredFile, version: number, mirrored: number): void {
    insertRow(this.#sql, 'files', {
      id: file.id,
      user_id: file.userId,
      name: file.name,
      type: file.type,
      size: file.size,
      etag: file.etag,
      uploaded_at: file.uploadedAt,
      metadata: JSON.stringify(file.metadata),
      message_seq: file.messageSeq,
      gone_at: file.goneAt,
      version,
      mirrored_version: mirrored,
    });
  }

  #change(set: string, where: string, ...bindings: SqlValue[]): void {
    this.#sql.exec(`UPDATE files SET ${set}, version = version + 1 WHERE ${where}`, ...bindings);
  }

  #select(where: string, ...bindings: SqlValue[]): StoredFile[] {
    return this.#sql
      .exec<FileRow>(`SELECT * FROM files ${where}`, ...bindings)
      .toArray()
      .map(storedFileOf);
  }
}
