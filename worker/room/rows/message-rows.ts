import * as z from 'zod/mini';
import {
  type Message,
  type Reaction,
  SystemLine,
  type ThreadSummary,
} from '../../../protocol/models.ts';

/** A row of `messages`, with the id of its root. */
export type MessageRow = {
  seq: number;
  id: string;
  rev: number;
  parent_seq: number | null;
  parent_id: string | null;
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
};

/** A row of `reactions`. `first_rev` is when the emoji was first used on the message: it places the emoji. */
export type ReactionRow = {
  message_seq: number;
  emoji: string;
  user_id: string;
  first_rev: number;
  rev: number;
};

/** Whom a text names. */
export interface Mentions {
  /** Members named one by one, in order, each once. */
  mentions: string[];
  /** Whom `@here` meant when it was sent. */
  mentionedHere: string[];
  mentionsAll: boolean;
}

const UserIds = z.array(z.string());

/** A JSON list of user ids, as a column keeps it. */
export function userIdsIn(column: string | null): string[] {
  return column === null ? [] : UserIds.parse(JSON.parse(column));
}

/** The message of a row, as everyone may see it. */
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
    ...(reactions.length > 0 && { reactions }),
    ...(row.mentions !== null && { mentions: userIdsIn(row.mentions) }),
    ...(row.pinned_at !== null && { pinnedAt: row.pinned_at }),
    ...(row.pinned_by !== null && { pinnedBy: row.pinned_by }),
    ...(row.system !== null && { system: SystemLine.parse(JSON.parse(row.system)) }),
  };
}

/** What a root says of its replies. */
export function threadOf(row: MessageRow): Omit<ThreadSummary, 'id'> {
  return {
    replyCount: row.reply_count,
    ...(row.last_reply_at !== null && { lastReplyAt: row.last_reply_at }),
    replyUserIds: userIdsIn(row.reply_user_ids),
  };
}
