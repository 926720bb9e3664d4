import * as z from 'zod/mini';
import { ErrorCode } from './errors.ts';
import { Epoch, GroupId, MessageId, Rev, UserId } from './ids.ts';
import {
  Group,
  Member,
  MemberRole,
  Message,
  PresenceState,
  ThreadSummary,
  User,
} from './models.ts';

/** How far a user has received and read the timeline. Messages derive *delivered* and *read* from it. */
export const Receipt = z.object({
  userId: UserId,
  readSeq: Rev,
  deliveredSeq: Rev,
  readAt: z.optional(z.int()),
});
export type Receipt = z.infer<typeof Receipt>;

/** My read cursor in a thread that I follow, or chose not to follow. */
export const ReadThread = z.object({ parentId: MessageId, readSeq: Rev, following: z.boolean() });
export type ReadThread = z.infer<typeof ReadThread>;

/** The first event of every connection, and the answer to `thread_sync`. */
export const ThreadStateEvent = z.object({
  type: z.literal('thread_state'),
  groupId: GroupId,
  parentId: z.nullable(MessageId),
  epoch: Epoch,
  rev: Rev,
  /**
   * True: the client forgets every message of the group, and `messages` is the newest page. False: `messages` is all
   * that changed after `since`.
   */
  reset: z.boolean(),
  /**
   * Only of a thread, for a client that `holds` the group in this epoch: members, receipts, presence and typing are as it knows
   * them and not in here, nor is how much of the timeline is unread; `users` are those whom `messages` name and it may lack.
   */
  partial: z.optional(z.literal(true)),
  group: Group,
  me: z.object({
    userId: UserId,
    role: MemberRole,
    readSeq: Rev,
    mark: z.int(),
    /** Messages of others in the timeline after `readSeq`, and those that mention me. Both count up to 1,000. */
    unread: z.optional(z.int()),
    mentions: z.optional(z.int()),
    /** The 500 threads with the latest replies. The state of a thread lists only that thread. */
    readThreads: z.array(ReadThread),
  }),
  members: z.array(Member),
  users: z.array(User),
  receipts: z.array(Receipt),
  /** Of everyone who is present; with `presentCount` only of those whom this client watches. */
  presence: z.array(z.object({ userId: UserId, state: PresenceState })),
  /** How many users are present, in a group of more than `MEMBERS_IN_STATE` members. */
  presentCount: z.optional(z.int()),
  typing: z.array(z.object({ userId: UserId, parentId: z.nullable(MessageId) })),
  messages: z.array(Message),
  hasBefore: z.boolean(),
});
export type ThreadStateEvent = z.infer<typeof ThreadStateEvent>;

/** A new message or reply. */
export const MessageEvent = z.object({
  type: z.literal('message'),
  rev: Rev,
  message: Message,
  /** For a reply: the new summary of its root, whose row takes the same rev. */
  parent: z.optional(ThreadSummary),
  /** The answer to a repeated id. The client merges it by rev, and its own rev does not move. */
  repeat: z.optional(z.literal(true)),
});

/** A message after an edit, a pin or an unpin. */
export const MessageUpdateEvent = z.object({
  type: z.literal('message_update'),
  rev: Rev,
  message: Message,
});

/** A deleted message: its row becomes a tombstone. */
export const MessageDeleteEvent = z.object({
  type: z.literal('message_delete'),
  rev: Rev,
  id: MessageId,
  seq: Rev,
  parentId: z.optional(MessageId),
  deletedAt: z.int(),
  parent: z.optional(ThreadSummary),
});

/** A reaction that `userId` added or removed. `count` is the new total for this emoji. */
export const ReactionUpdateEvent = z.object({
  type: z.literal('reaction_update'),
  rev: Rev,
  id: MessageId,
  seq: Rev,
  emoji: z.string(),
  userId: UserId,
  op: z.enum(['add', 'remove']),
  count: z.int(),
});

/** A member who joined, left, or changed role or profile. */
export const MemberUpdateEvent = z.object({
  type: z.literal('member_update'),
  rev: Rev,
  member: Member,
  memberCount: z.int(),
});

/** A group after a change of name, topic, visibility or `archivedAt`. */
export const GroupUpdateEvent = z.object({
  type: z.literal('group_update'),
  rev: Rev,
  group: Group,
});

/** A user types, or stopped. The receiver drops it after `TYPING_DROPPED_MS` without a repeat. */
export const ThreadTypingUpdateEvent = z.object({
  type: z.literal('thread_typing_update'),
  parentId: z.nullable(MessageId),
  userId: UserId,
  typing: z.boolean(),
});

/** The presence of a user: it has changed, or a client asked for it (`presence_watch`). */
export const PresenceUpdateEvent = z.object({
  type: z.literal('presence_update'),
  userId: UserId,
  state: PresenceState,
});
export type PresenceUpdateEvent = z.infer<typeof PresenceUpdateEvent>;

/**
 * How many users are present in a group of more than `MEMBERS_IN_STATE` members. Null: it has no more than that any longer, and
 * the presence of everyone follows. At most once in 2 s.
 */
export const PresenceCountEvent = z.object({
  type: z.literal('presence_count'),
  count: z.nullable(z.int()),
});

/** The cursors of a user that moved. With `parentId` it is about a thread, and only that user receives it. */
export const ReceiptUpdateEvent = z.object({
  type: z.literal('receipt_update'),
  userId: UserId,
  readSeq: z.optional(Rev),
  deliveredSeq: z.optional(Rev),
  readAt: z.optional(z.int()),
  parentId: z.optional(MessageId),
  following: z.optional(z.boolean()),
  mark: z.optional(z.int()),
});
export type ReceiptUpdateEvent = z.infer<typeof ReceiptUpdateEvent>;

/** An error about a frame, whose `ref` it repeats, or about the connection. `message` is a sentence for people. */
export const ErrorEvent = z.object({
  type: z.literal('error'),
  code: ErrorCode,
  message: z.string(),
  ref: z.optional(z.string()),
  retryAfterMs: z.optional(z.int()),
  /** The message that the frame was about. */
  id: z.optional(z.string()),
});
export type ErrorEvent = z.infer<typeof ErrorEvent>;

/** A durable change. Each `rev` on a socket is one more than the last. */
export type DurableEvent =
  | z.infer<typeof MessageEvent>
  | z.infer<typeof MessageUpdateEvent>
  | z.infer<typeof MessageDeleteEvent>
  | z.infer<typeof ReactionUpdateEvent>
  | z.infer<typeof MemberUpdateEvent>
  | z.infer<typeof GroupUpdateEvent>;

/**
 * An event without a rev: typing, presence and cursors. The next `thread_state` makes up for one that a client missed.
 */
export type EphemeralEvent =
  | z.infer<typeof ThreadTypingUpdateEvent>
  | PresenceUpdateEvent
  | z.infer<typeof PresenceCountEvent>
  | z.infer<typeof ReceiptUpdateEvent>;

/** An event that the server sends on a group's socket. A frame is an array of events. */
export const ServerEvent = z.discriminatedUnion('type', [
  ThreadStateEvent,
  MessageEvent,
  MessageUpdateEvent,
  MessageDeleteEvent,
  ReactionUpdateEvent,
  MemberUpdateEvent,
  GroupUpdateEvent,
  ThreadTypingUpdateEvent,
  PresenceUpdateEvent,
  PresenceCountEvent,
  ReceiptUpdateEvent,
  ErrorEvent,
]);
export type ServerEvent = z.infer<typeof ServerEvent>;

/** An event of a later version. The client ignores its content and applies its `rev`. */
export const UnknownEvent = z.object({ type: z.string(), rev: z.optional(Rev) });
