import * as z from 'zod/mini';
import { User } from '../../../protocol/models.ts';
import type { ObjectSql } from '../../sql.ts';

/** A change that concerns all Rooms of a user. */
export const Notice = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('profile'),
    user: z.extend(User, { profileAt: z.optional(z.number()) }),
  }),
  /** Of one session or, without `sessionId`, of all. */
  z.object({ type: z.literal('revoke'), sessionId: z.optional(z.string()) }),
  /** Whether the user wants pushes has changed. The value is read when a Room is notified, not when the notice is added. */
  z.object({ type: z.literal('pushes') }),
  /** Whether the user sends and sees read receipts has changed. The value is read when a Room is notified, too. */
  z.object({ type: z.literal('read_receipts') }),
  /** The account was deleted, and the files of the user go. */
  z.object({ type: z.literal('erase_files') }),
]);
export type Notice = z.infer<typeof Notice>;

/** A notice, and which Rooms have it: those up to group `after` in the order of ids, but not the `missed` ones. */
export interface StoredNotice {
  id: number;
  notice: Notice;
  createdAt: number;
  /** When to go on with it, ms UTC. */
  dueAt: number;
  after: string;
  missed: string[];
}

type NoticeRow = {
  id: number;
  notice: string;
  created_at: number;
  due_at: number;
  after: string;
  missed: string;
};

/** The notices that not all Rooms have yet. */
export class NoticeStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  add(notice: Notice, now: number): void {
    // A Room that gets the newer state does not need the older one.
    if (notice.type !== 'revoke') {
      this.#sql.exec("DELETE FROM notices WHERE notice ->> 'type' = ?", notice.type);
    }
    this.#sql.exec(
      "INSERT INTO notices (notice, created_at, due_at, after, missed) VALUES (?, ?, ?, '', '[]')",
      JSON.stringify(notice),
      now,
      now,
    );
  }

  /** The notice that is due first; undefined if all Rooms have all of them. */
  next(): StoredNotice | undefined {
    const [row] = this.#sql
      .exec<NoticeRow>('SELECT * FROM notices ORDER BY due_at, id LIMIT 1')
      .toArray();
    return (
      row && {
        id: row.id,
        notice: Notice.parse(JSON.parse(row.notice)),
        createdAt: row.created_at,
        dueAt: row.due_at,
        after: row.after,
        missed: z.array(z.string()).parse(JSON.parse(row.missed)),
      }
    );
  }

  /** Stores how far a notice has come. One that was replaced in the meantime stays away. */
  put({ id, dueAt, after, missed }: StoredNotice): void {
    this.#sql.exec(
      'UPDATE notices SET due_at = ?, after = ?, missed = ? WHERE id = ?',
      dueAt,
      after,
      JSON.stringify(missed),
      id,
    );
  }

  remove(id: number): void {
    this.#sql.exec('DELETE FROM notices WHERE id = ?', id);
  }
}
