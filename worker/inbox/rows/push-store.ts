import * as z from 'zod/mini';
import { MessageNotification } from '../../../protocol/notifications.ts';
import type { ObjectSql } from '../../sql.ts';

/** A push that not all subscriptions have yet: one for each conversation. */
export interface StoredPush {
  notification: MessageNotification;
  createdAt: number;
  /** When to send it, ms UTC. */
  dueAt: number;
  /** How often it was tried. */
  tries: number;
  /** The subscriptions that have it. */
  sent: string[];
}

type PushRow = {
  notification: string;
  created_at: number;
  due_at: number;
  tries: number;
  sent: string;
};

const Ids = z.array(z.string());

/** The pushes to send, and which conversations have been pushed and read since. */
export class PushStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  /** A later push of a conversation replaces the earlier one. */
  add(notification: MessageNotification, now: number, dueAt: number): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO pushes (group_id, message_id, notification, created_at, due_at, tries, sent)
       VALUES (?, ?, ?, ?, ?, 0, '[]')`,
      notification.groupId,
      notification.messageId,
      JSON.stringify(notification),
      now,
      dueAt,
    );
  }

  /** Up to `limit` pushes that are due, the earliest first. */
  due(now: number, limit: number): StoredPush[] {
    return this.#sql
      .exec<PushRow>(
        'SELECT * FROM pushes WHERE due_at <= ? ORDER BY due_at, group_id LIMIT ?',
        now,
        limit,
      )
      .toArray()
      .map((row) => ({
        notification: MessageNotification.parse(JSON.parse(row.notification)),
        createdAt: row.created_at,
        dueAt: row.due_at,
        tries: row.tries,
        sent: Ids.parse(JSON.parse(row.sent)),
      }));
  }

  /** When the next push is due, ms UTC; undefined without one. */
  nextAt(): number | undefined {
    const [row] = this.#sql
      .exec<{ at: number | null }>('SELECT min(due_at) AS at FROM pushes')
      .toArray();
    return row?.at ?? undefined;
  }

  /** Stores how far a push has come. One that was replaced in the meantime stays as it is. */
  put({ notification: { groupId, messageId }, dueAt, tries, sent }: StoredPush): void {
    this.#sql.exec(
      'UPDATE pushes SET due_at = ?, tries = ?, sent = ? WHERE group_id = ? AND message_id = ?',
      dueAt,
      tries,
      JSON.stringify(sent),
      groupId,
      messageId,
    );
  }

  /** Removes a push, unless another message has replaced it. */
  remove({ groupId, messageId }: MessageNotification): void {
    this.#sql.exec('DELETE FROM pushes WHERE group_id = ? AND message_id = ?', groupId, messageId);
  }

  // What browsers show

  /** A push of this conversation may be shown somewhere. */
  setShown(notification: MessageNotification): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO shown (group_id, notification, is_read) VALUES (?, ?, 0)',
      notification.groupId,
      JSON.stringify(notification),
    );
  }

  /** Drops what waits to be sent of a conversation, and marks what is shown of it as read, where `isSettled`. */
  settle(groupId: string, isSettled: (notification: MessageNotification) => boolean): void {
    const settled = (table: 'pushes' | 'shown') =>
      this.#sql
        .exec<{ notification: string }>(
          `SELECT notification FROM ${table} WHERE group_id = ?`,
          groupId,
        )
        .toArray()
        .map((row) => MessageNotification.parse(JSON.parse(row.notification)))
        .filter(isSettled);
    for (const notification of settled('pushes')) this.remove(notification);
    if (settled('shown').length === 0) return;
    this.#sql.exec('UPDATE shown SET is_read = 1 WHERE group_id = ? AND is_read = 0', groupId);
  }

  /** Up to `limit` conversations that were pushed and read since. */
  read(limit: number): string[] {
    return this.#sql
      .exec<{ group_id: string }>('SELECT group_id FROM shown WHERE is_read = 1 LIMIT ?', limit)
      .toArray()
      .map((row) => row.group_id);
  }

  /** These are shown nowhere any more. */
  removeShown(groupIds: readonly string[]): void {
    this.#sql.exec(
      'DELETE FROM shown WHERE is_read = 1 AND group_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(groupIds),
    );
  }
}
