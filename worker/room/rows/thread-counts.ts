import { REPLY_USERS } from '../../../protocol/limits.ts';
import type { Message, ThreadSummary } from '../../../protocol/models.ts';
import type { ObjectSql } from '../../sql.ts';
import { listColumn, type StoredMessage, threadOf } from './message-rows.ts';

/** The summary of its replies that each root holds: how many, the latest, and who wrote the last ones. */
export class ThreadCounts {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** The summary of a root, as the event of a reply carries it; undefined without such a message. */
  find(rootSeq: number): ThreadSummary | undefined {
    const [row] = this.#sql
      .exec<StoredMessage>('SELECT * FROM messages WHERE seq = ?', rootSeq)
      .toArray();
    return row && { id: row.id, ...threadOf(row) };
  }

  /** Adds a reply to the summary of its root, without reading the other replies, and stamps the root with its rev. */
  add(root: Message, reply: Message): ThreadSummary {
    const before = root.replyUserIds ?? [];
    const others = before.filter((userId) => userId !== reply.userId);
    const summary = {
      id: root.id,
      replyCount: (root.replyCount ?? 0) + 1,
      lastReplyAt: reply.createdAt,
      replyUserIds: [reply.userId, ...others].slice(0, REPLY_USERS),
    };
    this.#sql.exec(
      'UPDATE messages SET rev = ?, reply_count = ?, last_reply_at = ?, reply_user_ids = ? WHERE seq = ?',
      reply.rev,
      summary.replyCount,
      summary.lastReplyAt,
      listColumn(summary.replyUserIds),
      root.seq,
    );
    return summary;
  }

  /** Counts the replies of a root again after one was deleted, and stamps the root with `rev`. */
  recount(rootSeq: number, rev: number): void {
    const repliers = this.#sql
      .exec<{ user_id: string }>(
        `SELECT user_id FROM messages WHERE parent_seq = ? AND deleted_at IS NULL
         GROUP BY user_id ORDER BY max(seq) DESC LIMIT ?`,
        rootSeq,
        REPLY_USERS,
      )
      .toArray();
    this.#sql.exec(
      `UPDATE messages SET rev = ?1, reply_user_ids = ?2,
         reply_count = (SELECT count(*) FROM messages r WHERE r.parent_seq = ?3 AND r.deleted_at IS NULL),
         last_reply_at = (SELECT max(created_at) FROM messages r WHERE r.parent_seq = ?3 AND r.deleted_at IS NULL)
       WHERE seq = ?3`,
      rev,
      listColumn(repliers.map((row) => row.user_id)),
      rootSeq,
    );
  }
}
