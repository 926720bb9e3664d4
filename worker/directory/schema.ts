import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type {
  FileMetadata,
  FileReference,
  MemberRole,
  NotificationLevel,
  SystemLine,
  UserStatus,
} from '../../protocol/models.ts';

/** Users, with profiles from Clerk and what they changed themselves. All times are ms UTC. */
export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    handle: text().notNull(),
    imageUrl: text('image_url').notNull(),
    role: text({ enum: ['admin', 'member', 'bot'] }).notNull(),
    status: text({ mode: 'json' }).$type<UserStatus>(),
    /** The IANA time zone of the browser that they used last. */
    timeZone: text('time_zone'),
    /** The version of the profile, Clerk's time of it: an older webhook that comes late is not applied. */
    profileAt: integer('profile_at').notNull(),
    createdAt: integer('created_at').notNull(),
    deactivatedAt: integer('deactivated_at'),
  },
  (table) => [uniqueIndex('users_handle').on(table.handle), index('users_name').on(table.name)],
);

/** The mirror of all groups. Only Rooms write here. */
export const groups = sqliteTable(
  'groups',
  {
    id: text().primaryKey(),
    kind: text({ enum: ['group', 'direct'] }).notNull(),
    name: text().notNull(),
    topic: text().notNull(),
    visibility: text({ enum: ['public', 'private'] }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    archivedAt: integer('archived_at'),
    /** When the group was deleted for good. Its row stays, so that its Room is never loaded again. */
    deletedAt: integer('deleted_at'),
    memberCount: integer('member_count').notNull(),
    lastSeq: integer('last_seq').notNull(),
    rev: integer().notNull(),
    /** The Room's counter when this row was written. No rev of the group in D1 is higher. */
    counter: integer().notNull(),
  },
  (table) => [
    // Without regard to case, as people sort names and `listPublicGroups` queries them.
    index('groups_public').on(table.visibility, sql`${table.name} collate nocase`, table.id),
  ],
);

/** The mirror of all present and former memberships. Only Rooms write here. */
export const memberships = sqliteTable(
  'memberships',
  {
    groupId: text('group_id').notNull(),
    userId: text('user_id').notNull(),
    role: text().$type<MemberRole>().notNull(),
    joinedAt: integer('joined_at').notNull(),
    leftAt: integer('left_at'),
    rev: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.userId] }),
    index('memberships_user').on(table.userId, table.leftAt),
  ],
);

/**
 * A reaction without column names, because thousands of reactions to one message must fit into one value. `firstRev` is the
 * rev at which the message first got the emoji, `rev` the rev of this reaction.
 */
export type PackedReaction = [emoji: string, userId: string, firstRev: number, rev: number];

/** The mirror of all messages, from which a Room can load itself back. Only Rooms write here. */
export const messages = sqliteTable(
  'messages',
  {
    groupId: text('group_id').notNull(),
    seq: integer().notNull(),
    id: text().notNull(),
    rev: integer().notNull(),
    userId: text('user_id').notNull(),
    content: text().notNull(),
    createdAt: integer('created_at').notNull(),
    system: text({ mode: 'json' }).$type<SystemLine>(),
    parentSeq: integer('parent_seq'),
    alsoToGroup: integer('also_to_group').notNull().default(0),
    updatedAt: integer('updated_at'),
    edited: integer().notNull().default(0),
    deletedAt: integer('deleted_at'),
    replyCount: integer('reply_count').notNull().default(0),
    lastReplyAt: integer('last_reply_at'),
    replyUserIds: text('reply_user_ids', { mode: 'json' }).$type<string[]>(),
    mentions: text({ mode: 'json' }).$type<string[]>(),
    mentionedHere: text('mentioned_here', { mode: 'json' }).$type<string[]>(),
    mentionsAll: integer('mentions_all').notNull().default(0),
    pinnedAt: integer('pinned_at'),
    pinnedBy: text('pinned_by'),
    attachments: text({ mode: 'json' }).$type<FileReference[]>(),
    /** All reactions to the message. */
    reactions: text({ mode: 'json' }).$type<PackedReaction[]>(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.seq] })],
);

/**
 * The mirror of how far people have read a group, up to 500 in one row: `cursors` is a list of `[userId, readSeq, readAt, mark]`
 * as JSON. The Room's `version` of a row decides. Only Rooms write here.
 */
export const cursorPacks = sqliteTable(
  'cursor_packs',
  {
    groupId: text('group_id').notNull(),
    pack: integer().notNull(),
    cursors: text().notNull(),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.pack] })],
);

/** The cursors of Rooms that have not been woken since cursors are packed. Nobody writes here any more. */
export const cursors = sqliteTable(
  'cursors',
  {
    groupId: text('group_id').notNull(),
    userId: text('user_id').notNull(),
    readSeq: integer('read_seq').notNull(),
    readAt: integer('read_at'),
    deliveredSeq: integer('delivered_seq').notNull(),
    mark: integer().notNull(),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId] })],
);

/** The mirror of the threads that each user follows or has left. The Room's `version` of a row decides. Only Rooms write here. */
export const follows = sqliteTable(
  'follows',
  {
    groupId: text('group_id').notNull(),
    userId: text('user_id').notNull(),
    rootSeq: integer('root_seq').notNull(),
    following: integer({ mode: 'boolean' }).notNull(),
    readSeq: integer('read_seq').notNull(),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId, table.rootSeq] })],
);

/** The mirror of what each person has set for themselves in a group. The Room's `version` of a row decides. Only Rooms write here. */
export const preferences = sqliteTable(
  'preferences',
  {
    groupId: text('group_id').notNull(),
    userId: text('user_id').notNull(),
    level: text().$type<NotificationLevel>().notNull(),
    mutedUntil: integer('muted_until'),
    /** A direct group is hidden from the person's list until it has a message after this seq. */
    hiddenSeq: integer('hidden_seq').notNull().default(0),
    /** The person sends and sees read receipts, and how often they had changed that. */
    readReceipts: integer('read_receipts', { mode: 'boolean' }).notNull().default(true),
    receiptsVersion: integer('receipts_version').notNull().default(0),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.userId] })],
);

/** The mirror of the files of all groups. The Room's `version` of a row decides. Only Rooms write here. */
export const files = sqliteTable(
  'files',
  {
    groupId: text('group_id').notNull(),
    id: text().notNull(),
    /** The uploader. */
    userId: text('user_id').notNull(),
    name: text().notNull(),
    type: text().notNull(),
    size: integer().notNull(),
    etag: text().notNull(),
    uploadedAt: integer('uploaded_at').notNull(),
    metadata: text({ mode: 'json' })
      .$type<Omit<FileMetadata, 'uploadedBy' | 'uploadedAt'>>()
      .notNull(),
    /** Null until the file is sent. */
    messageSeq: integer('message_seq'),
    /** Since when its bytes are to be erased. */
    goneAt: integer('gone_at'),
    version: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.id] })],
);

/** The invitations to groups. Only the directory has them: a Room is asked whether the person who made one may still invite. */
export const invites = sqliteTable(
  'invites',
  {
    code: text().primaryKey(),
    groupId: text('group_id').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** Null without a limit. */
    maxUses: integer('max_uses'),
    /** A revoked invitation stays until it would have expired: a repeated request must not make it again. */
    revokedAt: integer('revoked_at'),
  },
  (table) => [
    index('invites_group').on(table.groupId),
    index('invites_expires').on(table.expiresAt),
  ],
);

/** Who has joined by an invitation, or is about to: a request that is repeated after a crash uses it once. */
export const inviteUses = sqliteTable(
  'invite_uses',
  {
    code: text().notNull(),
    userId: text('user_id').notNull(),
    usedAt: integer('used_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.userId] })],
);

/** The ids of handled webhook deliveries. A repeated id is not handled again. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  { id: text().primaryKey(), receivedAt: integer('received_at').notNull() },
  (table) => [index('webhook_deliveries_received').on(table.receivedAt)],
);

/** The `Idempotency-Key`s of the last day, each with the id that the first request created. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    userId: text('user_id').notNull(),
    key: text().notNull(),
    bodyHash: text('body_hash').notNull(),
    madeId: text('made_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    index('idempotency_keys_created').on(table.createdAt),
  ],
);
