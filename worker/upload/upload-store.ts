import * as z from 'zod/mini';
import { FileHints } from '../../protocol/file-requests.ts';
import { FileReference } from '../../protocol/models.ts';
import { insertRow, numberIn, type ObjectSql, type SqlRow } from '../sql.ts';
import { PART_BYTES } from './part-buffer.ts';
import type { NewUpload } from './upload-rpc.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS upload (
    one INTEGER PRIMARY KEY CHECK (one = 1), step TEXT NOT NULL,
    id TEXT NOT NULL, user_id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, hints TEXT NOT NULL,
    metadata TEXT, size INTEGER, at_most INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    multipart_id TEXT, rest_size INTEGER NOT NULL, checked TEXT, file TEXT, failure TEXT
  );
  CREATE TABLE IF NOT EXISTS parts (number INTEGER PRIMARY KEY, etag TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS agenda (task TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
`;

/**
 * `open`: bytes are missing. `completing`: all parts are in R2, and are joined. `stored`: the bytes lie under the file's key.
 * `checked`: its type and size are known, and nothing has to be removed from it any more. `done`: its Room has it. `gone`: it was
 * refused, aborted, or has expired.
 */
const Step = z.enum(['open', 'completing', 'stored', 'checked', 'done', 'gone']);

/** What the server has found out about the bytes. */
export const Checked = z.object({
  type: z.string(),
  size: z.int(),
  etag: z.string(),
  width: z.optional(z.int()),
  height: z.optional(z.int()),
});
export type Checked = z.infer<typeof Checked>;

const json = <T extends z.ZodMiniType>(schema: T) =>
  z.pipe(
    z.string(),
    z.pipe(
      z.transform((text: string): unknown => JSON.parse(text)),
      schema,
    ),
  );

const Row = z.object({
  step: Step,
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  type: z.string(),
  hints: json(FileHints),
  metadata: z.nullable(z.string()),
  size: z.nullable(z.int()),
  at_most: z.int(),
  expires_at: z.int(),
  multipart_id: z.nullable(z.string()),
  rest_size: z.int(),
  checked: z.nullable(json(Checked)),
  file: z.nullable(json(FileReference)),
  /** The sentence with which the file was refused. */
  failure: z.nullable(z.string()),
});
/** The row of an upload. Sizes are in bytes; `size` is null until it is known. */
export type UploadRow = z.infer<typeof Row>;

/** What may change in the row. */
type Change = Partial<
  Pick<SqlRow, 'step' | 'size' | 'multipart_id' | 'rest_size' | 'checked' | 'file' | 'failure'>
>;

/** The rows of an Upload. */
export class UploadStore {
  readonly #sql: ObjectSql;

  /** Creates the tables. Synchronous, so that a constructor can call it. */
  constructor(sql: ObjectSql) {
    this.#sql = sql;
    sql.transaction(() => sql.exec(TABLES));
  }

  /** The upload; undefined if it never began, or was forgotten. */
  find(): UploadRow | undefined {
    const [row] = this.#sql.exec('SELECT * FROM upload').toArray();
    return row && Row.parse(row);
  }

  /** Whether this storage holds an upload. */
  static isIn(sql: ObjectSql): boolean {
    return numberIn(sql, "SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'upload'") > 0;
  }

  begin({ id, userId, name, type, hints, ...upload }: NewUpload, expiresAt: number): void {
    insertRow(this.#sql, 'upload', {
      one: 1,
      step: 'open',
      id,
      user_id: userId,
      name,
      type,
      hints: JSON.stringify(hints),
      metadata: upload.metadata ?? null,
      size: upload.size ?? null,
      at_most: upload.atMost,
      expires_at: expiresAt,
      rest_size: 0,
    });
  }

  change(change: Change): void {
    for (const [column, value] of Object.entries(change)) {
      this.#sql.exec(`UPDATE upload SET ${column} = ?`, value);
    }
  }

  /** Adds stored parts. What was the rest is part of them, and `restSize` bytes are kept after them. */
  advance(parts: readonly R2UploadedPart[], change: Change): void {
    this.#sql.transaction(() => {
      for (const { partNumber, etag } of parts) {
        this.#sql.exec(
          'INSERT OR REPLACE INTO parts (number, etag) VALUES (?, ?)',
          partNumber,
          etag,
        );
      }
      this.change(change);
    });
  }

  /** The stored parts, in their order. */
  parts(): R2UploadedPart[] {
    return this.#sql
      .exec<{ number: number; etag: string }>('SELECT number, etag FROM parts ORDER BY number')
      .toArray()
      .map(({ number, etag }) => ({ partNumber: number, etag }));
  }

  /** The bytes that are kept of an upload. Once they are all there, this is its size. */
  offset({ step, size, rest_size: rest }: UploadRow): number {
    if (step !== 'open' && size !== null) return size;
    return numberIn(this.#sql, 'SELECT COUNT(*) AS n FROM parts') * PART_BYTES + rest;
  }

  /** Begins again at 0, with another multipart upload. */
  restart(): void {
    this.#sql.transaction(() => {
      this.#sql.exec('DELETE FROM parts');
      this.change({ multipart_id: null, rest_size: 0 });
    });
  }
}
