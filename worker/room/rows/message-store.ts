import { REACTION_USERS } from '../../../protocol/limits.ts';
import type { FileReference, Message } from '../../../protocol/models.ts';
import { insertRow, numberIn, type ObjectSql } from '../../sql.ts';
import {
  filesColumn,
  filesIn,
  listColumn,
  type Mentions,
  type MessageRow,
  messageOf,
  type NewMessage,
  newRow,
  type ReactionRow,
  type StoredMessage,
  userIdsIn,
} from './message-rows.ts';
import { FILL_PASSED_OVER } from './passed-over.ts';
import { ReactionStore } from './reaction-store.ts';
import { ThreadCounts } from './thread-counts.ts';
import { TimelineStore } from './timeline-store.ts';

const SELECT = `SELECT m.*, p.id AS parent_id FROM messages m LEFT JOIN messages p ON p.seq = m.parent_seq`;
/**
 * The seqs of the first `?2` rows that changed after `?1`, by rev. A row has its seq as its rev until it changes, so only those
 * that did are in the index.
 */
const CHANGED = `SELECT seq FROM (SELECT seq FROM messages WHERE seq > ?1 AND rev = seq ORDER BY seq LIMIT ?2)
  UNION ALL SELECT seq FROM (SELECT seq FROM messages WHERE rev > ?1 AND rev > seq ORDER BY rev, seq LIMIT ?2)`;

/** The messages that a page is cut from: the timeline, or the replies of one root. */
export type Scope = { timeline: true } | { rootSeq: number };

/** A message that people wrote, as far as it decides whom it notifies. */
export interface WrittenMessage extends Mentions {
  seq: number;
  id: string;
  userId: string;
  content: string;
  createdAt: number;
  parentId: string | undefined;
  rootSeq: number | undefined;
  isInTimeline: boolean;
  attachments: FileReference[];
}

/** What an edit leaves of a message. */
export interface MessageEdit extends Mentions {
  content: string;
  attachments: readonly FileReference[];
  at: number;
}

/** The messages of one group. */
export class MessageStore {
  readonly #sql: ObjectSql;
  readonly #groupId: string;
  readonly reactions: ReactionStore;
  readonly threads: ThreadCounts;
  readonly timeline: TimelineStore;

  constructor(sql: ObjectSql, groupId: string) {
    this.#sql = sql;
    this.#groupId = groupId;
    this.reactions = new ReactionStore(sql);
    this.threads = new ThreadCounts(sql);
    this.timeline = new TimelineStore(sql);
  }

  // Reading

  /** The message without its reactions, which are most of the work for a popular message. */
  plainById(id: string): Message | undefined {
    const [row] = this.#sql.exec<MessageRow>(`${SELECT} WHERE m.id = ?`, id).toArray();
    return row && messageOf(this.#groupId, row, []);
  }

  byId(id: string): Message | undefined {
    return this.#select('WHERE m.id = ?', id)[0];
  }

  bySeq(seq: number): Message | undefined {
    return this.#select('WHERE m.seq = ?', seq)[0];
  }

  /** The seq of the newest message, replies included; 0 without messages. */
  lastSeq(): number {
    return numberIn(this.#sql, 'SELECT ifnull(max(seq), 0) AS n FROM messages');
  }

  /** The highest rev of a message; 0 without messages. */
  highestRev(): number {
    return numberIn(
      this.#sql,
      `SELECT max(ifnull((SELECT max(seq) FROM messages), 0),
         ifnull((SELECT max(rev) FROM messages WHERE rev > seq), 0)) AS n`,
    );
  }

  /** When the first message after `seq` was sent, ms UTC; undefined if there is none. */
  firstSentAfter(seq: number): number | undefined {
    const [row] = this.#sql
      .exec<{ created_at: number }>(
        'SELECT created_at FROM messages WHERE seq > ? ORDER BY seq LIMIT 1',
        seq,
      )
      .toArray();
    return row?.created_at;
  }

  /** The last `limit` messages of the scope with a seq below `seq`, oldest first. */
  before(scope: Scope, seq: number, limit: number): Message[] {
    if ('timeline' in scope) return this.#bySeqs(this.timeline.seqsBefore(seq, limit));
    return this.#select(
      'WHERE m.parent_seq = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?',
      scope.rootSeq,
      seq,
      limit,
    ).reverse();
  }

  /** The first `limit` messages of the scope with a seq above `seq`, oldest first. */
  after(scope: Scope, seq: number, limit: number): Message[] {
    if ('timeline' in scope) return this.#bySeqs(this.timeline.seqsAfter(seq, limit));
    return this.#select(
      'WHERE m.parent_seq = ? AND m.seq > ? ORDER BY m.seq LIMIT ?',
      scope.rootSeq,
      seq,
      limit,
    );
  }

  /** The last `limit` replies to a root that were not deleted, oldest first. */
  newestReplies(rootSeq: number, limit: number): Message[] {
    return this.#select(
      'WHERE m.parent_seq = ? AND m.deleted_at IS NULL ORDER BY m.seq DESC LIMIT ?',
      rootSeq,
      limit,
    ).reverse();
  }

  /** The messages that changed after `since`, by rev: all, or one thread with its root if `rootSeq` is given. */
  changed(since: number, limit: number, rootSeq?: number): Message[] {
    if (rootSeq === undefined) {
      return this.#select(
        `WHERE m.seq IN (${CHANGED}) ORDER BY m.rev, m.seq LIMIT ?2`,
        since,
        limit,
      );
    }
    return this.#select(
      'WHERE m.rev > ? AND (m.seq = ? OR m.parent_seq = ?) ORDER BY m.rev, m.seq LIMIT ?',
      since,
      rootSeq,
      rootSeq,
      limit,
    );
  }

  /** Pinned messages, the latest pin first. */
  pinned(): Message[] {
    return this.#select('WHERE m.pinned_at IS NOT NULL ORDER BY m.pinned_at DESC, m.seq DESC');
  }

  countPinned(): number {
    return numberIn(this.#sql, 'SELECT count(*) AS n FROM messages WHERE pinned_at IS NOT NULL');
  }

  /** The seq of the newest message or reply that people wrote and did not delete; 0 without one. */
  newestWrittenSeq(): number {
    return numberIn(
      this.#sql,
      `SELECT ifnull((SELECT seq FROM messages WHERE system IS NULL AND deleted_at IS NULL
         ORDER BY seq DESC LIMIT 1), 0) AS n`,
    );
  }

  /**
   * The newest `limit` undeleted messages that people wrote after `after` up to `upTo`, newest first. Looks at four times as many
   * rows.
   */
  written({ after, upTo }: { after: number; upTo: number }, limit: number): WrittenMessage[] {
    return this.#sql
      .exec<MessageRow>(
        `${SELECT} WHERE m.seq IN (SELECT seq FROM messages WHERE seq > ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 4 * ?3)
           AND m.system IS NULL AND m.deleted_at IS NULL
         ORDER BY m.seq DESC LIMIT ?3`,
        after,
        upTo,
        limit,
      )
      .toArray()
      .map((row) => ({
        seq: row.seq,
        id: row.id,
        userId: row.user_id,
        content: row.content,
        createdAt: row.created_at,
        parentId: row.parent_id ?? undefined,
        rootSeq: row.parent_seq ?? undefined,
        isInTimeline: row.parent_seq === null || row.also_to_group === 1,
        mentions: userIdsIn(row.mentions),
        mentionedHere: userIdsIn(row.mentioned_here),
        mentionsAll: row.mentions_all === 1,
        attachments: filesIn(row.attachments),
      }));
  }

  /** The seq of the newest message that was sent until `at`, ms UTC; 0 without one. */
  newestUntil(at: number): number {
    return numberIn(
      this.#sql,
      'SELECT seq AS n FROM messages WHERE created_at <= ? ORDER BY seq DESC LIMIT 1',
      at,
    );
  }

  /** When this user joined by themselves for the `nth` last time, ms UTC; undefined if they did not so often. */
  nthLastJoin(userId: string, nth: number): number | undefined {
    const [row] = this.#sql
      .exec<{ created_at: number }>(
        `SELECT created_at FROM messages WHERE system ->> 'kind' = 'joined' AND user_id = ?
         ORDER BY seq DESC LIMIT 1 OFFSET ?`,
        userId,
        nth - 1,
      )
      .toArray();
    return row?.created_at;
  }

  /** The users whom the `@here` of a message meant when it was sent. */
  mentionedHere(seq: number): string[] {
    const [row] = this.#sql
      .exec<{ mentioned_here: string | null }>(
        'SELECT mentioned_here FROM messages WHERE seq = ?',
        seq,
      )
      .toArray();
    return userIdsIn(row?.mentioned_here ?? null);
  }

  // Writing: every method stamps `rev` on the row that it changes

  /** Returns the message as every member may see it: reading it back would be the costliest part of a send. */
  insert(message: NewMessage): Message {
    const row = newRow(message);
    insertRow(this.#sql, 'messages', { ...row, ...this.timeline.placesIn(row) });
    return messageOf(this.#groupId, { ...row, parent_id: message.root?.id ?? null }, []);
  }

  edit(seq: number, rev: number, edit: MessageEdit): void {
    this.#sql.exec(
      `UPDATE messages SET rev = ?, content = ?, attachments = ?, mentions = ?, mentioned_here = ?, mentions_all = ?,
         updated_at = ?, edited = 1 WHERE seq = ?`,
      rev,
      edit.content,
      filesColumn(edit.attachments),
      listColumn(edit.mentions),
      listColumn(edit.mentionedHere),
      Number(edit.mentionsAll),
      edit.at,
      seq,
    );
  }

  /** Leaves these files on a message whose others are gone. Nobody edited it. */
  keepFiles(seq: number, rev: number, kept: readonly FileReference[]): void {
    this.#sql.exec(
      'UPDATE messages SET rev = ?, attachments = ? WHERE seq = ?',
      rev,
      filesColumn(kept),
      seq,
    );
  }

  /** Leaves a tombstone: content, files, mentions, reactions and pin are gone. */
  erase(seq: number, rev: number, at: number): void {
    this.reactions.erase(seq);
    this.#sql.exec(
      `UPDATE messages SET rev = ?, content = '', attachments = NULL, mentions = NULL, mentioned_here = NULL,
         mentions_all = 0, pinned_at = NULL, pinned_by = NULL, updated_at = ?, deleted_at = ? WHERE seq = ?`,
      rev,
      at,
      at,
      seq,
    );
  }

  /** Pins a message, or without `pin` unpins it. */
  pin(seq: number, rev: number, pin: { at: number; userId: string } | undefined): void {
    this.#sql.exec(
      'UPDATE messages SET rev = ?, pinned_at = ?, pinned_by = ? WHERE seq = ?',
      rev,
      pin?.at ?? null,
      pin?.userId ?? null,
      seq,
    );
  }

  // Whole rows, for the mirror

  /** Up to `limit` rows that changed after `since`, by rev, with the columns that no client sees. */
  changedRows(since: number, limit: number): { row: StoredMessage; reactions: ReactionRow[] }[] {
    const rows = this.#sql
      .exec<StoredMessage>(
        `SELECT * FROM messages WHERE seq IN (${CHANGED}) ORDER BY rev, seq LIMIT ?2`,
        since,
        limit,
      )
      .toArray();
    const reactions = this.reactions.rows(rows.map((row) => row.seq));
    const bySeq = Map.groupBy(reactions, (reaction) => reaction.message_seq);
    return rows.map((row) => ({ row, reactions: bySeq.get(row.seq) ?? [] }));
  }

  /** Inserts a row from the mirror with its reactions. `restored` completes them. */
  restore(row: StoredMessage, reactions: ReactionRow[]): void {
    insertRow(this.#sql, 'messages', row);
    for (const reaction of reactions) insertRow(this.#sql, 'reactions', reaction);
  }

  /** All rows are back from the mirror. */
  restored(): void {
    this.#sql.exec(FILL_PASSED_OVER);
  }

  /** These messages, oldest first. */
  #bySeqs(seqs: readonly number[]): Message[] {
    if (seqs.length === 0) return [];
    return this.#select(
      'WHERE m.seq IN (SELECT value FROM json_each(?)) ORDER BY m.seq',
      JSON.stringify(seqs),
    );
  }

  #select(where: string, ...bindings: (string | number)[]): Message[] {
    const rows = this.#sql.exec<MessageRow>(`${SELECT} ${where}`, ...bindings).toArray();
    const reactions = this.reactions.ofMessages(
      rows.map((row) => row.seq),
      REACTION_USERS,
    );
    return rows.map((row) => messageOf(this.#groupId, row, reactions.get(row.seq) ?? []));
  }
}
