import type { ObjectSql } from '../../sql.ts';
import { numberIn } from '../../sql.ts';

/** A member to notify of one message, apart from the others: an edit mentions them, or their Inbox did not answer. */
export interface PendingNotification {
  userId: string;
  seq: number;
  /** When to notify them, ms UTC. */
  dueAt: number;
  /** How often it failed. */
  tries: number;
}

type PendingRow = { user_id: string; seq: number; due_at: number; tries: number };

/**
 * Which members want pushes, and up to which message they were notified. D1 has no copy: their Inboxes say again what they
 * want.
 */
export class NotifyStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The users who want pushes. */
  wanting(): string[] {
    return this.#sql
      .exec<{ user_id: string }>('SELECT user_id FROM push_members ORDER BY user_id')
      .toArray()
      .map((row) => row.user_id);
  }

  setWanting(userId: string, wants: boolean): void {
    const query = wants
      ? 'INSERT OR IGNORE INTO push_members (user_id) VALUES (?)'
      : 'DELETE FROM push_members WHERE user_id = ?';
    this.#sql.exec(query, userId);
    if (!wants) this.#sql.exec('DELETE FROM push_pending WHERE user_id = ?', userId);
  }

  /** The seq up to which all who want it were notified. */
  notifiedSeq(): number {
    return numberIn(this.#sql, 'SELECT seq AS n FROM push_position');
  }

  setNotifiedSeq(seq: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO push_position (one, seq) VALUES (1, ?)', seq);
  }

  putPending({ userId, seq, dueAt, tries }: PendingNotification): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO push_pending (user_id, seq, due_at, tries) VALUES (?, ?, ?, ?)',
      userId,
      seq,
      dueAt,
      tries,
    );
  }

  removePending({ userId, seq }: PendingNotification): void {
    this.#sql.exec('DELETE FROM push_pending WHERE user_id = ? AND seq = ?', userId, seq);
  }

  /** Up to `limit` members whose time has come, the earliest first. */
  duePending(now: number, limit: number): PendingNotification[] {
    return this.#sql
      .exec<PendingRow>(
        'SELECT * FROM push_pending WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?',
        now,
        limit,
      )
      .toArray()
      .map((row) => ({
        userId: row.user_id,
        seq: row.seq,
        dueAt: row.due_at,
        tries: row.tries,
      }));
  }

  /** When the next of them is due, ms UTC; undefined without one. */
  nextPendingAt(): number | undefined {
    const [row] = this.#sql
      .exec<{ at: number | null }>('SELECT min(due_at) AS at FROM push_pending')
      .toArray();
    return row?.at ?? undefined;
  }
}
