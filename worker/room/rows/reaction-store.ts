import type { Reaction } from '../../../protocol/models.ts';
import { numberIn, type ObjectSql } from '../../sql.ts';
import type { ReactionRow } from './message-rows.ts';

/** The reactions of one group. Adding or removing one stamps its message with the rev. */
export class ReactionStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** All reactions of a message with all their users, by emoji, in order of first use. */
  all(seq: number): Reaction[] {
    return this.ofMessages([seq], Number.MAX_SAFE_INTEGER).get(seq) ?? [];
  }

  /** The reactions of these messages by seq; for each emoji the latest `users` of its users, in the order they reacted. */
  ofMessages(seqs: number[], users: number): Map<number, Reaction[]> {
    if (seqs.length === 0) return new Map();
    const rows = this.#sql
      .exec<{ message_seq: number; emoji: string; user_id: string; total: number }>(
        `SELECT message_seq, emoji, user_id, total FROM (
           SELECT *, count(*) OVER (PARTITION BY message_seq, emoji) AS total,
             row_number() OVER (PARTITION BY message_seq, emoji ORDER BY rev DESC) AS nth
           FROM reactions WHERE message_seq IN (SELECT value FROM json_each(?)))
         WHERE nth <= ? ORDER BY message_seq, first_rev, rev`,
        JSON.stringify(seqs),
        users,
      )
      .toArray();
    const found = new Map<number, Reaction[]>();
    for (const { message_seq: seq, emoji, user_id: userId, total: count } of rows) {
      const reactions = found.get(seq) ?? [];
      found.set(seq, reactions);
      const last = reactions.at(-1);
      if (last?.emoji === emoji) last.userIds.push(userId);
      else reactions.push({ emoji, count, userIds: [userId] });
    }
    return found;
  }

  has(seq: number, emoji: string, userId: string): boolean {
    return (
      numberIn(
        this.#sql,
        'SELECT count(*) AS n FROM reactions WHERE message_seq = ? AND emoji = ? AND user_id = ?',
        seq,
        emoji,
        userId,
      ) > 0
    );
  }

  /** How many reactions a message has, of how many emoji, and how many are this user's. */
  countOf(seq: number, userId: string): { all: number; emoji: number; own: number } {
    const [counts] = this.#sql
      .exec<{ all: number; emoji: number; own: number }>(
        `SELECT count(*) AS "all", count(DISTINCT emoji) AS emoji, ifnull(sum(user_id = ?), 0) AS own
         FROM reactions WHERE message_seq = ?`,
        userId,
        seq,
      )
      .toArray();
    return counts ?? { all: 0, emoji: 0, own: 0 };
  }

  /** How many users reacted to a message with this emoji. */
  count(seq: number, emoji: string): number {
    return numberIn(
      this.#sql,
      'SELECT count(*) AS n FROM reactions WHERE message_seq = ? AND emoji = ?',
      seq,
      emoji,
    );
  }

  add(seq: number, emoji: string, userId: string, rev: number): void {
    this.#sql.exec(
      `INSERT INTO reactions (message_seq, emoji, user_id, first_rev, rev)
       VALUES (?1, ?2, ?3, ifnull((SELECT min(first_rev) FROM reactions WHERE message_seq = ?1 AND emoji = ?2), ?4), ?4)`,
      seq,
      emoji,
      userId,
      rev,
    );
    this.#sql.exec('UPDATE messages SET rev = ? WHERE seq = ?', rev, seq);
  }

  remove(seq: number, emoji: string, userId: string, rev: number): void {
    this.#sql.exec(
      'DELETE FROM reactions WHERE message_seq = ? AND emoji = ? AND user_id = ?',
      seq,
      emoji,
      userId,
    );
    this.#sql.exec('UPDATE messages SET rev = ? WHERE seq = ?', rev, seq);
  }

  /** Deletes the reactions of a message that is erased. */
  erase(seq: number): void {
    this.#sql.exec('DELETE FROM reactions WHERE message_seq = ?', seq);
  }

  /** The rows of these messages by rev, for the mirror. */
  rows(seqs: number[]): ReactionRow[] {
    return this.#sql
      .exec<ReactionRow>(
        'SELECT * FROM reactions WHERE message_seq IN (SELECT value FROM json_each(?)) ORDER BY rev',
        JSON.stringify(seqs),
      )
      .toArray();
  }
}
