import type { ReadThread, Receipt } from '../../../protocol/server-events.ts';
import type { RoomSql } from './sql.ts';

/** Where a person stands in the group. `mark` counts the times that they moved back on purpose. */
export interface Cursor {
  userId: string;
  readSeq: number;
  readAt: number | null;
  deliveredSeq: number;
  mark: number;
}

/** Whether a person follows a thread, and how far they have read it. */
export interface Follow {
  userId: string;
  rootSeq: number;
  following: boolean;
  readSeq: number;
}

type CursorRow = {
  user_id: string;
  read_seq: number;
  read_at: number | null;
  delivered_seq: number;
  mark: number;
  version: number;
};

type FollowRow = {
  user_id: string;
  root_seq: number;
  following: number;
  read_seq: number;
  version: number;
};

/** A row with the number of times that it was written. */
export type Versioned<T> = T & { version: number };

/** What the mirror does not have yet, with the versions to confirm. */
export interface DirtyCursors {
  cursors: Versioned<Cursor>[];
  follows: Versioned<Follow>[];
}

/**
 * How far each person has read: the group, and each thread that they follow. Only they may see their threads, so nothing
 * here takes a rev; the mirror gets it by `version`, last write wins.
 */
export class CursorStore {
  readonly #sql: RoomSql;

  constructor(sql: RoomSql) {
    this.#sql = sql;
  }

  cursor(userId: string): Cursor {
    const [row] = this.#sql
      .exec<CursorRow>('SELECT * FROM cursors WHERE user_id = ?', userId)
      .toArray();
    return row ? cursorOf(row) : { userId, readSeq: 0, readAt: null, deliveredSeq: 0, mark: 0 };
  }

  put(cursor: Cursor): void {
    this.#write(cursor, 1, 0);
  }

  /** Takes over what the mirror has, in its version: every later one must be higher. */
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

  /** The cursor of one person, if it was ever moved. */
  receipt(userId: string): Receipt | undefined {
    const [row] = this.#sql
      .exec<CursorRow>('SELECT * FROM cursors WHERE user_id = ?', userId)
      .toArray();
    return row && receiptOf(row);
  }

  follow(userId: string, rootSeq: number): Follow | undefined {
    const [row] = this.#sql
      .exec<FollowRow>('SELECT * FROM follows WHERE user_id = ? AND root_seq = ?', userId, rootSeq)
      .toArray();
    return row && followOf(row);
  }

  putFollow(follow: Follow): void {
    this.#writeFollow(follow, 1, 0);
  }

  /** The same as `restore`. */
  restoreFollow(follow: Versioned<Follow>): void {
    this.#writeFollow(follow, follow.version, follow.version);
  }

  #writeFollow(follow: Follow, version: number, mirroredVersion: number): void {
    this.#sql.exec(
      `INSERT INTO follows (user_id, root_seq, following, read_seq, version, mirrored_version) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (user_id, root_seq) DO UPDATE SET
         following = excluded.following, read_seq = excluded.read_seq, version = version + 1`,
      follow.userId,
      follow.rootSeq,
      Number(follow.following),
      follow.readSeq,
      version,
      mirroredVersion,
    );
  }

  /** A person's places in the threads that were replied to last: at most `limit`, the latest reply first. */
  threadsOf(userId: string, limit: number): ReadThread[] {
    return this.#readThreads('f.user_id = ? ORDER BY m.last_reply_at DESC LIMIT ?', userId, limit);
  }

  /** A person's place in one thread, if they have one. */
  threadOf(userId: string, rootSeq: number): ReadThread[] {
    return this.#readThreads('f.user_id = ? AND f.root_seq = ?', userId, rootSeq);
  }

  #readThreads(where: string, ...bindings: (string | number)[]): ReadThread[] {
    return this.#sql
      .exec<FollowRow & { id: string }>(
        `SELECT f.*, m.id FROM follows f JOIN messages m ON m.seq = f.root_seq WHERE ${where}`,
        ...bindings,
      )
      .toArray()
      .map((row) => ({ parentId: row.id, readSeq: row.read_seq, following: row.following === 1 }));
  }

  /** The threads that a person follows, with unread replies counted to 100: unread ones first, then the latest. */
  followed(
    userId: string,
    limit: number,
    offset: number,
  ): { rootSeq: number; unread: number; lastReplyAt: number }[] {
    return this.#sql
      .exec<{ root_seq: number; unread: number; last_reply_at: number }>(
        `SELECT f.root_seq, m.last_reply_at,
           (SELECT count(*) FROM (SELECT 1 FROM messages r WHERE r.parent_seq = f.root_seq AND r.seq > f.read_seq
              AND r.user_id <> f.user_id AND r.deleted_at IS NULL LIMIT 100)) AS unread
         FROM follows f JOIN messages m ON m.seq = f.root_seq
         WHERE f.user_id = ? AND f.following = 1 AND m.reply_count > 0
         ORDER BY unread > 0 DESC, m.last_reply_at DESC, f.root_seq DESC LIMIT ? OFFSET ?`,
        userId,
        limit,
        offset,
      )
      .toArray()
      .map((row) => ({
        rootSeq: row.root_seq,
        unread: row.unread,
        lastReplyAt: row.last_reply_at,
      }));
  }

  // For the mirror

  dirty(limit: number): DirtyCursors {
    const cursors = this.#sql
      .exec<CursorRow>('SELECT * FROM cursors WHERE version > mirrored_version LIMIT ?', limit)
      .toArray();
    const follows = this.#sql
      .exec<FollowRow>('SELECT * FROM follows WHERE version > mirrored_version LIMIT ?', limit)
      .toArray();
    return {
      cursors: cursors.map((row) => ({ ...cursorOf(row), version: row.version })),
      follows: follows.map((row) => ({ ...followOf(row), version: row.version })),
    };
  }

  /** These versions are in D1; what was written meanwhile stays dirty. */
  confirm({ cursors, follows }: DirtyCursors): void {
    for (const { userId, version } of cursors) {
      this.#sql.exec('UPDATE cursors SET mirrored_version = ? WHERE user_id = ?', version, userId);
    }
    for (const { userId, rootSeq, version } of follows) {
      this.#sql.exec(
        'UPDATE follows SET mirrored_version = ? WHERE user_id = ? AND root_seq = ?',
        version,
        userId,
        rootSeq,
      );
    }
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

function followOf(row: FollowRow): Follow {
  return {
    userId: row.user_id,
    rootSeq: row.root_seq,
    following: row.following === 1,
    readSeq: row.read_seq,
  };
}
