import type { ReadThread } from '../../../protocol/server-events.ts';
import { numberIn, type ObjectSql } from '../../sql.ts';
import type { ThreadPlace, ThreadQuery } from '../../thread-place.ts';
import type { Versioned } from './cursor-store.ts';

/** Whether a user follows a thread, and how far they have read it. */
export interface Follow {
  userId: string;
  rootSeq: number;
  following: boolean;
  readSeq: number;
}

type FollowRow = {
  user_id: string;
  root_seq: number;
  following: number;
  read_seq: number;
  version: number;
};

type FollowedRow = {
  root_seq: number;
  last_reply_at: number;
  unread: number;
  is_unread: number;
  placed_at: number;
};

/** The replies of others after the read cursor of a row `f`. */
const UNREAD_REPLY = `SELECT 1 FROM messages r WHERE r.parent_seq = f.root_seq
  AND r.seq > f.read_seq AND r.user_id <> f.user_id AND r.deleted_at IS NULL`;
/** Their number, counted to 100. */
const UNREAD_REPLIES = `(SELECT count(*) FROM (${UNREAD_REPLY} LIMIT 100))`;
/** The threads that a user follows, as rows `f` and `m`. Without replies there is no thread. */
const FOLLOWED = `FROM follows f JOIN messages m ON m.seq = f.root_seq
  WHERE f.user_id = ? AND f.following = 1 AND m.reply_count > 0`;
/** The place before the first thread of a list. */
const BEGINNING = { isUnread: true, at: Number.MAX_SAFE_INTEGER, rootSeq: Number.MAX_SAFE_INTEGER };

/**
 * The threads that each user follows or has left, and how far they have read them. Only that user may see a row, so it
 * takes no rev: it counts its own versions, and the mirror keeps the highest.
 */
export class FollowStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** Undefined for a user who has neither followed nor left the thread. */
  find(userId: string, rootSeq: number): Follow | undefined {
    const [row] = this.#sql
      .exec<FollowRow>('SELECT * FROM follows WHERE user_id = ? AND root_seq = ?', userId, rootSeq)
      .toArray();
    return row && followOf(row);
  }

  put(follow: Follow): void {
    this.#write(follow, 1, 0);
  }

  /** What a person who joins again finds in threads that they follow counts as read, up to `seq`. */
  startAt(userId: string, seq: number): void {
    this.#sql.exec(
      'UPDATE follows SET read_seq = ?, version = version + 1 WHERE user_id = ? AND read_seq < ?',
      seq,
      userId,
      seq,
    );
  }

  /** Inserts a row from the mirror with its version: every later version must be higher. */
  restore(follow: Versioned<Follow>): void {
    this.#write(follow, follow.version, follow.version);
  }

  #write(follow: Follow, version: number, mirroredVersion: number): void {
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

  /** How far a user has read their threads: at most `limit` of them, the latest reply first. */
  readThreads(userId: string, limit: number): ReadThread[] {
    return this.#readThreads('f.user_id = ? ORDER BY m.last_reply_at DESC LIMIT ?', userId, limit);
  }

  /** How far a user has read one thread: one entry, or none if they neither follow nor left it. */
  readThread(userId: string, rootSeq: number): ReadThread[] {
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

  /**
   * The threads that a user follows after the place `before`: unread ones first, then by latest reply. Their places do not
   * count replies after `asOf`, so that none moves while the list is paged. `unread` counts all replies, to 100.
   */
  followed(
    userId: string,
    { limit, before = BEGINNING, asOf = Number.MAX_SAFE_INTEGER, unreadOnly = false }: ThreadQuery,
  ): (ThreadPlace & { unread: number; lastReplyAt: number })[] {
    return this.#sql
      .exec<FollowedRow>(
        `SELECT * FROM (
           SELECT f.root_seq, m.last_reply_at, ${UNREAD_REPLIES} AS unread,
             EXISTS (${UNREAD_REPLY} AND r.created_at <= ?) AS is_unread,
             iif(m.last_reply_at <= ?, m.last_reply_at, ifnull((SELECT max(r.created_at) FROM messages r
               WHERE r.parent_seq = f.root_seq AND r.deleted_at IS NULL AND r.created_at <= ?), m.created_at)) AS placed_at
           ${FOLLOWED})
         WHERE (is_unread, placed_at, root_seq) < (?, ?, ?) AND is_unread >= ?
         ORDER BY is_unread DESC, placed_at DESC, root_seq DESC LIMIT ?`,
        asOf,
        asOf,
        asOf,
        userId,
        Number(before.isUnread),
        before.at,
        before.rootSeq,
        Number(unreadOnly),
        limit,
      )
      .toArray()
      .map((row) => ({
        isUnread: row.is_unread === 1,
        at: row.placed_at,
        rootSeq: row.root_seq,
        unread: row.unread,
        lastReplyAt: row.last_reply_at,
      }));
  }

  /** The number of unread replies of a thread, counted to 100; 0 without a follow. */
  countUnread(userId: string, rootSeq: number): number {
    const [row] = this.#sql
      .exec<{ unread: number }>(
        `SELECT ${UNREAD_REPLIES} AS unread FROM follows f WHERE f.user_id = ? AND f.root_seq = ? AND f.following = 1`,
        userId,
        rootSeq,
      )
      .toArray();
    return row?.unread ?? 0;
  }

  /** When a thread that a user follows got its last reply, ms UTC; 0 without one. */
  lastReplyAt(userId: string): number {
    return numberIn(this.#sql, `SELECT ifnull(max(m.last_reply_at), 0) AS n ${FOLLOWED}`, userId);
  }

  /** The threads with unread replies that a person follows, the latest reply first. `unread` counts to 100. */
  unread(
    userId: string,
    limit: number,
  ): { parentId: string; unread: number; lastReplyAt: number }[] {
    return this.#sql
      .exec<{ id: string; unread: number; last_reply_at: number }>(
        `SELECT * FROM (SELECT m.id, m.last_reply_at, ${UNREAD_REPLIES} AS unread ${FOLLOWED})
         WHERE unread > 0 ORDER BY last_reply_at DESC LIMIT ?`,
        userId,
        limit,
      )
      .toArray()
      .map((row) => ({ parentId: row.id, unread: row.unread, lastReplyAt: row.last_reply_at }));
  }

  // For the mirror

  /** Up to `limit` rows whose last version D1 lacks. */
  dirty(limit: number): Versioned<Follow>[] {
    return this.#sql
      .exec<FollowRow>('SELECT * FROM follows WHERE version > mirrored_version LIMIT ?', limit)
      .toArray()
      .map((row) => ({ ...followOf(row), version: row.version }));
  }

  /** D1 has these versions. A row that was written again in the meantime stays dirty. */
  setMirrored(follows: Versioned<Follow>[]): void {
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

function followOf(row: FollowRow): Follow {
  return {
    userId: row.user_id,
    rootSeq: row.root_seq,
    following: row.following === 1,
    readSeq: row.read_seq,
  };
}
