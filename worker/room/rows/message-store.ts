import { REACTION_USERS, REPLY_USERS } from '../../../protocol/limits.ts';
import type { Message, ThreadSummary } from '../../../protocol/models.ts';
import {
  type Mentions,
  type MessageRow,
  messageOf,
  type ReactionRow,
  threadOf,
  userIdsIn,
} from './message-rows.ts';
import { ReactionStore } from './reaction-store.ts';
import type { RoomSql } from './sql.ts';

const SELECT = `SELECT m.*, p.id AS parent_id FROM messages m LEFT JOIN messages p ON p.seq = m.parent_seq`;
const IN_TIMELINE = '(m.parent_seq IS NULL OR m.also_to_group = 1)';

/** A message to be written: all that it says and where it stands. */
export interface NewMessage extends Partial<Mentions> {
  seq: number;
  id: string;
  userId: string;
  content: string;
  createdAt: number;
  /** The root that it replies to. */
  root?: Pick<Message, 'id' | 'seq'> | undefined;
  alsoToGroup: boolean;
  system?: Message['system'];
}

/** Which messages a page is cut from: the timeline, or the replies of one root. */
export type Scope = { timeline: true } | { rootSeq: number };

/** The messages of one group, with what roots say of their replies. */
export class MessageStore {
  readonly #sql: RoomSql;
  readonly #groupId: string;
  readonly reactions: ReactionStore;

  constructor(sql: RoomSql, groupId: string) {
    this.#sql = sql;
    this.#groupId = groupId;
    this.reactions = new ReactionStore(sql);
  }

  // Reading

  /** The message without its reactions: of a popular one those are most of the work. */
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

  /** The seq of the newest message of all, replies included. */
  lastSeq(): number {
    return this.#count('SELECT ifnull(max(seq), 0) AS n FROM messages');
  }

  /** When the first message behind `seq` was sent, ms; undefined if there is none. */
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
    const { where, bindings } = within(scope);
    return this.#select(
      `WHERE ${where} AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`,
      ...bindings,
      seq,
      limit,
    ).reverse();
  }

  /** The first `limit` messages of the scope with a seq above `seq`, oldest first. */
  after(scope: Scope, seq: number, limit: number): Message[] {
    const { where, bindings } = within(scope);
    return this.#select(
      `WHERE ${where} AND m.seq > ? ORDER BY m.seq LIMIT ?`,
      ...bindings,
      seq,
      limit,
    );
  }

  /** What changed after `since`, by rev; of one thread, its root included, if `rootSeq` is given. */
  changed(since: number, limit: number, rootSeq?: number): Message[] {
    if (rootSeq === undefined)
      return this.#select('WHERE m.rev > ? ORDER BY m.rev, m.seq LIMIT ?', since, limit);
    return this.#select(
      'WHERE m.rev > ? AND (m.seq = ? OR m.parent_seq = ?) ORDER BY m.rev, m.seq LIMIT ?',
      since,
      rootSeq,
      rootSeq,
      limit,
    );
  }

  /** Pinned messages, the latest first. */
  pinned(): Message[] {
    return this.#select('WHERE m.pinned_at IS NOT NULL ORDER BY m.pinned_at DESC, m.seq DESC');
  }

  countPinned(): number {
    return this.#count('SELECT count(*) AS n FROM messages WHERE pinned_at IS NOT NULL');
  }

  /** What a root says of its replies; the event of a reply carries it. */
  thread(rootSeq: number): ThreadSummary | undefined {
    const [row] = this.#sql.exec<MessageRow>(`${SELECT} WHERE m.seq = ?`, rootSeq).toArray();
    return row && { id: row.id, ...threadOf(row) };
  }

  /**
   * Undeleted messages of others in the timeline behind `seq`, and those of them that mention this person: by name, by
   * `@here` when they were there, or by `@all`. Of the first `limit`; lines of the Room's own do not count.
   */
  countUnread(userId: string, seq: number, limit: number): { unread: number; mentions: number } {
    const [counts] = this.#sql
      .exec<{ unread: number; mentions: number }>(
        `SELECT count(*) AS unread, ifnull(sum(mentions_all = 1
             OR EXISTS (SELECT 1 FROM json_each(mentions) WHERE value = ?1)
             OR EXISTS (SELECT 1 FROM json_each(mentioned_here) WHERE value = ?1)), 0) AS mentions
         FROM (SELECT m.mentions, m.mentioned_here, m.mentions_all FROM messages m
           WHERE ${IN_TIMELINE} AND m.seq > ?2 AND m.user_id <> ?1 AND m.deleted_at IS NULL AND m.system IS NULL
           ORDER BY m.seq LIMIT ?3)`,
        userId,
        seq,
        limit,
      )
      .toArray();
    return counts ?? { unread: 0, mentions: 0 };
  }

  // Writing: each stamps `rev` on the row that it changes

  /** Gives the message as everyone may see it: reading it back would be the dearest part of a send. */
  insert(message: NewMessage): Message {
    const row = newRow(message);
    this.#sql.exec(
      `INSERT INTO messages (seq, id, rev, parent_seq, also_to_group, user_id, content, created_at,
         mentions, mentioned_here, mentions_all, system)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      row.seq,
      row.id,
      row.rev,
      row.parent_seq,
      row.also_to_group,
      row.user_id,
      row.content,
      row.created_at,
      row.mentions,
      row.mentioned_here,
      row.mentions_all,
      row.system,
    );
    return messageOf(this.#groupId, row, []);
  }

  edit(seq: number, rev: number, edit: Mentions & { content: string; at: number }): void {
    this.#sql.exec(
      `UPDATE messages SET rev = ?, content = ?, mentions = ?, mentioned_here = ?, mentions_all = ?, updated_at = ?,
         edited = 1 WHERE seq = ?`,
      rev,
      edit.content,
      listColumn(edit.mentions),
      listColumn(edit.mentionedHere),
      Number(edit.mentionsAll),
      edit.at,
      seq,
    );
  }

  /** Leaves a tombstone: nothing that the author wrote, and nothing that others hung on it, stays. */
  erase(seq: number, rev: number, at: number): void {
    this.reactions.erase(seq);
    this.#sql.exec(
      `UPDATE messages SET rev = ?, content = '', mentions = NULL, mentioned_here = NULL, mentions_all = 0,
         pinned_at = NULL, pinned_by = NULL, updated_at = ?, deleted_at = ? WHERE seq = ?`,
      rev,
      at,
      at,
      seq,
    );
  }

  pin(seq: number, rev: number, pin: { at: number; userId: string } | undefined): void {
    this.#sql.exec(
      'UPDATE messages SET rev = ?, pinned_at = ?, pinned_by = ? WHERE seq = ?',
      rev,
      pin?.at ?? null,
      pin?.userId ?? null,
      seq,
    );
  }

  /** A reply came: what its root says of its replies, without reading all of them again. */
  addReply(root: Message, reply: Message): ThreadSummary {
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

  /** Counts a root's replies anew, after one went. */
  recountReplies(rootSeq: number, rev: number): void {
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

  // Whole rows, for the mirror

  /** Rows as they stand, with what never leaves the Room but must be in its second copy. */
  changedRows(since: number, limit: number): { row: MessageRow; reactions: ReactionRow[] }[] {
    const rows = this.#sql
      .exec<MessageRow>(`${SELECT} WHERE m.rev > ? ORDER BY m.rev, m.seq LIMIT ?`, since, limit)
      .toArray();
    const reactions = this.reactions.rows(rows.map((row) => row.seq));
    const bySeq = Map.groupBy(reactions, (reaction) => reaction.message_seq);
    return rows.map((row) => ({ row, reactions: bySeq.get(row.seq) ?? [] }));
  }

  insertRow(row: Omit<MessageRow, 'parent_id'>, reactions: ReactionRow[]): void {
    const columns = Object.entries(row);
    this.#sql.exec(
      `INSERT INTO messages (${columns.map(([name]) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ...columns.map(([, value]) => value),
    );
    for (const reaction of reactions) this.reactions.insertRow(reaction);
  }

  /** Whom `@here` of a message meant, when it was sent. */
  mentionedHere(seq: number): string[] {
    const [row] = this.#sql
      .exec<{ mentioned_here: string | null }>(
        'SELECT mentioned_here FROM messages WHERE seq = ?',
        seq,
      )
      .toArray();
    return userIdsIn(row?.mentioned_here ?? null);
  }

  #select(where: string, ...bindings: (string | number)[]): Message[] {
    const rows = this.#sql.exec<MessageRow>(`${SELECT} ${where}`, ...bindings).toArray();
    const reactions = this.reactions.ofMessages(
      rows.map((row) => row.seq),
      REACTION_USERS,
    );
    return rows.map((row) => messageOf(this.#groupId, row, reactions.get(row.seq) ?? []));
  }

  #count(query: string, ...bindings: (string | number)[]): number {
    const [row] = this.#sql.exec<{ n: number }>(query, ...bindings).toArray();
    return row?.n ?? 0;
  }
}

function within(scope: Scope): { where: string; bindings: number[] } {
  if ('rootSeq' in scope) return { where: 'm.parent_seq = ?', bindings: [scope.rootSeq] };
  return { where: IN_TIMELINE, bindings: [] };
}

/** The row of a message that nothing has happened to yet. */
function newRow(message: NewMessage): MessageRow {
  const { seq, root, system } = message;
  return {
    seq,
    id: message.id,
    rev: seq,
    parent_seq: root?.seq ?? null,
    parent_id: root?.id ?? null,
    also_to_group: Number(message.alsoToGroup),
    user_id: message.userId,
    content: message.content,
    created_at: message.createdAt,
    updated_at: null,
    edited: 0,
    deleted_at: null,
    reply_count: 0,
    last_reply_at: null,
    reply_user_ids: null,
    mentions: listColumn(message.mentions),
    mentioned_here: listColumn(message.mentionedHere),
    mentions_all: Number(message.mentionsAll === true),
    pinned_at: null,
    pinned_by: null,
    system: system ? JSON.stringify(system) : null,
  };
}

/** An empty list is no list: most messages name nobody. */
function listColumn(values: string[] = []): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}
