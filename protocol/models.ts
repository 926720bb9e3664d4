import * as z from 'zod/mini';
import { FileId, GroupId, MessageId, Rev, UserId } from './ids.ts';

/** Ms UTC. */
const Time = z.int();

/** What a user set as their status. `until` is when it ends, ms. */
export const UserStatus = z.object({
  emoji: z.string().check(z.maxLength(32)),
  text: z.string().check(z.maxLength(100)),
  until: z.optional(Time),
});
export type UserStatus = z.infer<typeof UserStatus>;

/** What a user is in the deployment. */
const UserRole = z.enum(['admin', 'member', 'bot']);

/** A profile. */
export const User = z.object({
  id: UserId,
  name: z.string(),
  handle: z.string(),
  imageUrl: z.string(),
  /** The role in the deployment, not in a group. */
  role: UserRole,
  status: z.optional(UserStatus),
  /** The IANA time zone of the browser that they used last. */
  timeZone: z.optional(z.string()),
  deactivatedAt: z.optional(Time),
});
export type User = z.infer<typeof User>;

/** What a member may do in a group: see `permissions.ts`. From the most to the least allowed: `isLower` relies on it. */
export const MemberRole = z.enum(['owner', 'admin', 'member', 'guest']);
export type MemberRole = z.infer<typeof MemberRole>;

/** Which messages of a group notify a member. */
export const NotificationLevel = z.enum(['all', 'mentions', 'none']);
export type NotificationLevel = z.infer<typeof NotificationLevel>;

/** A user in one group. A member who left has `leftAt`. */
export const Member = z.object({
  userId: UserId,
  role: MemberRole,
  joinedAt: Time,
  leftAt: z.optional(Time),
  rev: Rev,
  user: User,
});
export type Member = z.infer<typeof Member>;

/** Whether everyone may find and join a group, or only its members know it. */
export const Visibility = z.enum(['public', 'private']);
export type Visibility = z.infer<typeof Visibility>;

/** A group, as its members see it. */
export const Group = z.object({
  id: GroupId,
  kind: z.enum(['group', 'direct']),
  name: z.string(),
  topic: z.string(),
  visibility: Visibility,
  createdBy: UserId,
  createdAt: Time,
  archivedAt: z.optional(Time),
  /** The file that is its picture; `GET /api/files/:id` serves it to members. */
  imageId: z.optional(FileId),
  memberCount: z.int(),
  lastSeq: Rev,
  /** The rev of the last change of name, topic, visibility, `archivedAt` or `imageId`. */
  rev: Rev,
});
export type Group = z.infer<typeof Group>;

/**
 * A message that the Room writes: what happened, to whom, with which text. A client shows nothing for an unknown kind.
 */
export const SystemLine = z.object({
  kind: z.string(),
  userIds: z.optional(z.array(UserId)),
  text: z.optional(z.string()),
});
export type SystemLine = z.infer<typeof SystemLine>;

/** The kinds of system line that this version of the server writes. */
export type SystemKind =
  | 'created'
  | 'joined'
  | 'added'
  | 'left'
  | 'removed'
  | 'role'
  | 'renamed'
  | 'topic'
  | 'visibility'
  | 'picture'
  | 'archived'
  | 'restored';

/** All reactions with one emoji to one message. */
export const Reaction = z.object({
  emoji: z.string(),
  count: z.int(),
  /** The latest 100, in the order of their reactions. `GET /api/messages/:id/reactions` lists all. */
  userIds: z.array(UserId),
});
export type Reaction = z.infer<typeof Reaction>;

/** The fields of a root message that a reply, or the deletion of a reply, changes. */
export const ThreadSummary = z.object({
  id: MessageId,
  replyCount: z.int(),
  lastReplyAt: z.optional(Time),
  /** At most 5, the latest first. */
  replyUserIds: z.array(UserId),
});
export type ThreadSummary = z.infer<typeof ThreadSummary>;

/** What is known of a file besides its bytes. Sizes are those of the picture as it is shown, upright, in CSS pixels. */
export const FileMetadata = z.object({
  uploadedBy: UserId,
  uploadedAt: Time,
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  /** A blurred preview (https://blurha.sh), shown until the picture is there. */
  blurhash: z.optional(z.string()),
  /** What a picture shows, in words. */
  alt: z.optional(z.string()),
  durationMs: z.optional(z.int()),
  /** How loud a voice message is from its beginning to its end (`protocol/waveform.ts`). Other sounds have none. */
  waveform: z.optional(z.string()),
});
export type FileMetadata = z.infer<typeof FileMetadata>;

/** A file of a group. `type` is its media type, from its bytes where they show it; `size` is in bytes. */
export const FileReference = z.object({
  id: FileId,
  name: z.string(),
  type: z.string(),
  size: z.int(),
  /** `/api/files/:id`: only members of the group can fetch it. */
  url: z.string(),
  metadata: FileMetadata,
});
export type FileReference = z.infer<typeof FileReference>;

/** A message, a reply, a system line or a tombstone. */
export const Message = z.object({
  id: MessageId,
  groupId: GroupId,
  /** The position in the group's order: the rev at which the message was created. */
  seq: Rev,
  /** The rev of the last change. */
  rev: Rev,
  userId: UserId,
  content: z.string(),
  createdAt: Time,
  updatedAt: z.optional(Time),
  edited: z.optional(z.boolean()),
  /** Set on a tombstone: the content is erased, the position stays. */
  deletedAt: z.optional(Time),
  /** The root message of a reply. Replies do not nest. */
  parentId: z.optional(MessageId),
  /** True for a reply that the timeline shows too. */
  alsoToGroup: z.optional(z.boolean()),
  replyCount: z.optional(z.int()),
  lastReplyAt: z.optional(Time),
  replyUserIds: z.optional(z.array(UserId)),
  /** In the order that the author gave them. */
  attachments: z.optional(z.array(FileReference)),
  /** In order of first use. */
  reactions: z.optional(z.array(Reaction)),
  mentions: z.optional(z.array(UserId)),
  pinnedAt: z.optional(Time),
  pinnedBy: z.optional(UserId),
  system: z.optional(SystemLine),
});
export type Message = z.infer<typeof Message>;

/** Whether a user is active at one client. */
export const Activity = z.enum(['online', 'away']);
export type Activity = z.infer<typeof Activity>;

/** How a user is who is there: `dnd` while they do not want to be disturbed, whether or not they are active. */
export const PresentState = z.enum(['online', 'away', 'dnd']);
export type PresentState = z.infer<typeof PresentState>;

/** The presence of a user, over all of their clients. */
export const PresenceState = z.enum(['online', 'away', 'dnd', 'offline']);
export type PresenceState = z.infer<typeof PresenceState>;
