import type { Receipt } from '../../../protocol/server-events.ts';
import type { ObjectSql } from '../../sql.ts';

/** How far a user has read the group. `mark` counts how often they marked it as unread. */
export interface Cursor {
  userId: string;
  readSeq: number;
  readAt: number | null;
  deliveredSeq: number;
  mark: number;
}

/** A row with the number of times that it was written. */
export type Versioned<T> = T & { version: number };

type CursorRow = {
  user_id: string;
  read_seq: number;
  read_at: number | null;
  delivered_seq: number;
  mark: number;
  version: number;
};

/**
 * How far each user has read the group. A row takes no rev, since not everyone may see it: it counts its own versions,
 * and the mirror keeps the highest.
 */
export class CursorStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The cursor of a user; at 0 if it was never moved. */
  cursor(userId: string): Cursor {
    const row = this.#row(userId);
    return row ? cursorOf(row) : { userId, readSeq: 0, readAt: null, deliveredSeq: 0, mark: 0 };
  }

  put(cursor: Cursor): void {
    this.#write(cursor, 1, 0);
  }

  /** Moves the cursor of a user who joins forward to `seq`: the messages up to there count as read. */
  startAt(userId: string, seq: number): void {
    const before = this.cursor(userId);
    if (before.readSeq >= seq) return;
    // Without a time, because they did not read it: nobody sees it as read by them.
    this.put({ ...before, readSeq: seq, readAt: null });
  }

  /** Inserts a row from the mirror with its version: every later version must be higher. */
  restore(cursor: Versioned<Cursor>): void {
    this.#write(cursor, cursor.version, cursor.version);
  }

  #write(cursor: Cursor, version: number, mirroredVersion: number): void {
    this.#sql.exec(
      `INSERT INTO cursors (user_id, read_seq, read_at, delivered_seq, mark, version, mirrored_version)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (user_id) DO UPDATE SET read_seq = excluded.read_seq, read_at = excluded.read_at,
         delivered_seq = excluded.delivered_seq, mark = excluded.mark, version = version + 1`,
      cursor.userId,
      cursor.readSeq,
      cursor.readAt,
      cursor.deliveredSeq,
      cursor.mark,
      version,
      mirroredVersion,
    );
  }

  /** The cursors of current members. */
  receipts(): Receipt[] {
    return this.#sql
      .exec<CursorRow>(
        'SELECT c.* FROM cursors c JOIN members m ON m.user_id = c.user_id WHERE m.left_at IS NULL ORDER BY c.user_id',
      )
      .toArray()
      .map(receiptOf);
  }

  /** The cursor of one user; undefined if it was never moved. */
  receipt(userId: string): Receipt | undefined {
    const row = this.#row(userId);
    return row && receiptOf(row);
  }

  // For the mirror

  /** Up to `limit` cursors whose last version D1 lacks. */
  dirty(limit: number): Versioned<Cursor>[] {
    return this.#sql
      .exec<CursorRow>('SELECT * FROM cursors WHERE version > mirrored_version LIMIT ?', limit)
      .toArray()
      .map((row) => ({ ...cursorOf(row), version: row.version }));
  }

  /** D1 has these versions. A cursor that moved again in the meantime stays dirty. */
  setMirrored(cursors: Versioned<Cursor>[]): void {
    for (const { userId, version } of cursors) {
      this.#sql.exec('UPDATE cursors SET mirrored_version = ? WHERE user_id = ?', version, userId);
    }
  }

  #row(userId: string): CursorRow | undefined {
    return this.#sql
      .exec<CursorRow>('SELECT * FROM cursors WHERE user_id = ?', userId)
      .toArray()[0];
  }
}

function cursorOf(row: CursorRow): Cursor {
  return {
    userId: row.user_id,
    readSeq: row.read_seq,
    readAt: row.read_at,
    deliveredSeq: row.delivered_seq,
    mark: row.mark,
  };
}

function receiptOf(row: CursorRow): Receipt {
  return {
    userId: row.user_id,
    readSeq: row.read_seq,
    deliveredSeq: row.delivered_seq,
    ...(row.read_at !== null && { readAt: row.read_at }),
  };
}
