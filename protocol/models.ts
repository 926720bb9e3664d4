import * as z from 'zod/mini';
import { GroupId, MessageId, Rev, UserId } from './ids.ts';

const Time = z.int();

export const UserStatus = z.object({
  emoji: z.string().check(z.maxLength(32)),
  text: z.string().check(z.maxLength(100)),
  until: z.optional(Time),
});
export type UserStatus = z.infer<typeof UserStatus>;

export const UserRole = z.enum(['admin', 'member', 'bot']);

export const User = z.object({
  id: UserId,
  name: z.string(),
  handle: z.string(),
  imageUrl: z.string(),
  /** Of the deployment. */
  role: UserRole,
  status: z.optional(UserStatus),
  deactivatedAt: z.optional(Time),
});
export type User = z.infer<typeof User>;

export const MemberRole = z.enum(['owner', 'admin', 'member', 'guest']);
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.object({
  userId: UserId,
  role: MemberRole,
  joinedAt: Time,
  leftAt: z.optional(Time),
  rev: Rev,
  user: User,
});
export type Member = z.infer<typeof Member>;

export const Visibility = z.enum(['public', 'private']);
export type Visibility = z.infer<typeof Visibility>;

export const Group = z.object({
  id: GroupId,
  kind: z.enum(['group', 'direct']),
  name: z.string(),
  topic: z.string(),
  visibility: Visibility,
  createdBy: UserId,
  createdAt: Time,
  archivedAt: z.optional(Time),
  memberCount: z.int(),
  lastSeq: Rev,
  /** Of the last change of name, topic, visibility or archive. */
  rev: Rev,
});
export type Group = z.infer<typeof Group>;

/** A line made by the Room: what happened, to whom, with which text. Kinds that a client does not know are shown as nothing. */
export const SystemLine = z.object({
  kind: z.string(),
  userIds: z.optional(z.array(UserId)),
  text: z.optional(z.string()),
});
export type SystemLine = z.infer<typeof SystemLine>;

/** The kinds of system line that this version writes. */
export type SystemKind = 'created' | 'joined' | 'left' | 'renamed' | 'topic';

export const Reaction = z.object({
  emoji: z.string(),
  count: z.int(),
  /** At most 100, the latest, in the order they reacted; all of them by `GET /api/messages/:id/reactions`. */
  userIds: z.array(UserId),
});
export type Reaction = z.infer<typeof Reaction>;

/** What a reply, or its deletion, changes in its root. */
export const ThreadSummary = z.object({
  id: MessageId,
  replyCount: z.int(),
  lastReplyAt: z.optional(Time),
  /** At most 5, whoever replied last first. */
  replyUserIds: z.array(UserId),
});
export type ThreadSummary = z.infer<typeof ThreadSummary>;

export const Message = z.object({
  id: MessageId,
  groupId: GroupId,
  /** The place in the group: the rev at which it was created. */
  seq: Rev,
  /** The rev of its last change. */
  rev: Rev,
  userId: UserId,
  content: z.string(),
  createdAt: Time,
  updatedAt: z.optional(Time),
  edited: z.optional(z.boolean()),
  /** A tombstone: the content is gone, the place in the order stays. */
  deletedAt: z.optional(Time),
  /** The root message, in a reply; replies do not nest. */
  parentId: z.optional(MessageId),
  /** A reply that is shown in the group's timeline too. */
  alsoToGroup: z.optional(z.boolean()),
  replyCount: z.optional(z.int()),
  lastReplyAt: z.optional(Time),
  replyUserIds: z.optional(z.array(UserId)),
  /** In order of first use. */
  reactions: z.optional(z.array(Reaction)),
  mentions: z.optional(z.array(UserId)),
  pinnedAt: z.optional(Time),
  pinnedBy: z.optional(UserId),
  system: z.optional(SystemLine),
});
export type Message = z.infer<typeof Message>;

/** What one client says of its user. */
export const Activity = z.enum(['online', 'away']);
export type Activity = z.infer<typeof Activity>;

export const PresenceState = z.enum(['online', 'away', 'dnd', 'offline']);
export type PresenceState = z.infer<typeof PresenceState>;
