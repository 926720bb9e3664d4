import * as z from 'zod/mini';
import {
  FileReference,
  type Message,
  type Reaction,
  SystemLine,
  type ThreadSummary,
} from '../../../protocol/models.ts';

/** A row of `messages`, column by column. Lists and system lines are JSON; flags are 0 or 1; times are ms UTC. */
export type StoredMessage = {
  seq: number;
  id: string;
  rev: number;
  parent_seq: number | null;
  also_to_group: number;
  user_id: string;
  content: string;
  created_at: number;
  updated_at: number | null;
  edited: number;
  deleted_at: number | null;
  reply_count: number;
  last_reply_at: number | null;
  reply_user_ids: string | null;
  mentions: string | null;
  mentioned_here: string | null;
  mentions_all: number;
  pinned_at: number | null;
  pinned_by: string | null;
  system: string | null;
  attachments: string | null;
};

/** A row of `messages` joined with the id of its root. */
export type MessageRow = StoredMessage & { parent_id: string | null };

/** A row of `reactions`. `first_rev` is the rev at which the message first got this emoji; it orders the emoji. */
export type ReactionRow = {
  message_seq: number;
  emoji: string;
  user_id: string;
  first_rev: number;
  rev: number;
};

/** The users that a text mentions. */
export interface Mentions {
  /** Members mentioned by name, in order, each once. */
  mentions: string[];
  /** The members who were online when an `@here` was sent. */
  mentionedHere: string[];
  mentionsAll: boolean;
}

/** A message to be written. */
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
  attachments?: FileReference[] | undefined;
}

const UserIds = z.array(z.string());

/** The user ids in a column that holds a JSON list; null is an empty list. */
export function userIdsIn(column: string | null): string[] {
  return column === null ? [] : UserIds.parse(JSON.parse(column));
}

/** The column that holds these user ids: null for an empty list, since most messages mention nobody. */
export function listColumn(userIds: string[] = []): string | null {
  return userIds.length === 0 ? null : JSON.stringify(userIds);
}

const FileReferences = z.array(FileReference);

/** The files in a column that holds a JSON list; null is an empty list. */
export function filesIn(column: string | null): FileReference[] {
  return column === null ? [] : FileReferences.parse(JSON.parse(column));
}

/** The column that holds these files: null for an empty list, since most messages have none. */
export function filesColumn(files: readonly FileReference[] = []): string | null {
  return files.length === 0 ? null : JSON.stringify(files);
}

/** The row of a message that was just sent: no edit, reply or pin. */
export function newRow(message: NewMessage): StoredMessage {
  const { seq, root, system } = message;
  return {
    seq,
    id: message.id,
    rev: seq,
    parent_seq: root?.seq ?? null,
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
    attachments: filesColumn(message.attachments),
  };
}

/** The message of a row, as every member may see it. */
export function messageOf(groupId: string, row: MessageRow, reactions: Reaction[]): Message {
  const isDeleted = row.deleted_at !== null;
  return {
    id: row.id,
    groupId,
    seq: row.seq,
    rev: row.rev,
    userId: row.user_id,
    content: row.content,
    createdAt: row.created_at,
    ...(row.updated_at !== null && { updatedAt: row.updated_at }),
    ...(row.edited === 1 && !isDeleted && { edited: true }),
    ...(row.deleted_at !== null && { deletedAt: row.deleted_at }),
    ...(row.parent_id !== null && { parentId: row.parent_id }),
    ...(row.also_to_group === 1 && { alsoToGroup: true }),
    ...(row.reply_count > 0 && threadOf(row)),
    ...(row.attachments !== null && { attachments: filesIn(row.attachments) }),
    ...(reactions.length > 0 && { reactions }),
    ...(row.mentions !== null && { mentions: userIdsIn(row.mentions) }),
    ...(row.pinned_at !== null && { pinnedAt: row.pinned_at }),
    ...(row.pinned_by !== null && { pinnedBy: row.pinned_by }),
    ...(row.system !== null && { system: SystemLine.parse(JSON.parse(row.system)) }),
  };
}

/** The summary of its replies that the row of a root holds. */
export function threadOf(
  row: Pick<StoredMessage, 'reply_count' | 'last_reply_at' | 'reply_user_ids'>,
): Omit<ThreadSummary, 'id'> {
  return {
    replyCount: row.reply_count,
    ...(row.last_reply_at !== null && { lastReplyAt: row.last_reply_at }),
    replyUserIds: userIdsIn(row.reply_user_ids),
  };
}
