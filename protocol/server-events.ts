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

/** How far a person has read and received; derived from it: delivered, read. */
export const Receipt = z.object({
  userId: UserId,
  readSeq: Rev,
  deliveredSeq: Rev,
  readAt: z.optional(z.int()),
});
export type Receipt = z.infer<typeof Receipt>;

/** My place in a thread that I follow, or have left on purpose. */
export const ReadThread = z.object({ parentId: MessageId, readSeq: Rev, following: z.boolean() });
export type ReadThread = z.infer<typeof ReadThread>;

/** The first event on every connection, and the answer to `thread_sync`. */
export const ThreadStateEvent = z.object({
  type: z.literal('thread_state'),
  groupId: GroupId,
  parentId: z.nullable(MessageId),
  epoch: Epoch,
  rev: Rev,
  /** Forget every message of the group: `messages` are the newest page; otherwise all that changed after `since`. */
  reset: z.boolean(),
  group: Group,
  me: z.object({
    userId: UserId,
    role: MemberRole,
    readSeq: Rev,
    mark: z.int(),
    /** Others' messages in the timeline behind `readSeq`, and those that mention me, counted to 1,000. */
    unread: z.optional(z.int()),
    mentions: z.optional(z.int()),
    /** The 500 threads that were replied to last; of one thread's state, that one. */
    readThreads: z.array(ReadThread),
  }),
  members: z.array(Member),
  users: z.array(User),
  receipts: z.array(Receipt),
  presence: z.array(z.object({ userId: UserId, state: PresenceState })),
  typing: z.array(z.object({ userId: UserId, parentId: z.nullable(MessageId) })),
  messages: z.array(Message),
  hasBefore: z.boolean(),
});
export type ThreadStateEvent = z.infer<typeof ThreadStateEvent>;

export const MessageEvent = z.object({
  type: z.literal('message'),
  rev: Rev,
  message: Message,
  /** The root of a reply; its row takes the event's rev too. */
  parent: z.optional(ThreadSummary),
  /** The answer to a repeated id: merged by rev, never moves N. */
  repeat: z.optional(z.literal(true)),
});

/** An edit, a pin, an unpin. */
export const MessageUpdateEvent = z.object({
  type: z.literal('message_update'),
  rev: Rev,
  message: Message,
});

export const MessageDeleteEvent = z.object({
  type: z.literal('message_delete'),
  rev: Rev,
  id: MessageId,
  seq: Rev,
  parentId: z.optional(MessageId),
  deletedAt: z.int(),
  parent: z.optional(ThreadSummary),
});

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

export const MemberUpdateEvent = z.object({
  type: z.literal('member_update'),
  rev: Rev,
  member: Member,
  memberCount: z.int(),
});

export const GroupUpdateEvent = z.object({
  type: z.literal('group_update'),
  rev: Rev,
  group: Group,
});

/** Dropped by the receiver after 6 s without a repeat. */
export const ThreadTypingUpdateEvent = z.object({
  type: z.literal('thread_typing_update'),
  parentId: z.nullable(MessageId),
  userId: UserId,
  typing: z.boolean(),
});

export const PresenceUpdateEvent = z.object({
  type: z.literal('presence_update'),
  userId: UserId,
  state: PresenceState,
});

/** What moved of a person's cursors; with `parentId`, of a thread, and then only told to that person. */
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

export const ErrorEvent = z.object({
  type: z.literal('error'),
  code: ErrorCode,
  message: z.string(),
  ref: z.optional(z.string()),
  retryAfterMs: z.optional(z.int()),
  /** The message the error is about. */
  id: z.optional(z.string()),
});
export type ErrorEvent = z.infer<typeof ErrorEvent>;

/** A change with its place in the one order: each `rev` is one more than the last on the socket. */
export const DurableEvent = z.discriminatedUnion('type', [
  MessageEvent,
  MessageUpdateEvent,
  MessageDeleteEvent,
  ReactionUpdateEvent,
  MemberUpdateEvent,
  GroupUpdateEvent,
]);
export type DurableEvent = z.infer<typeof DurableEvent>;

/** What is only true for the moment, and is kept nowhere. */
export const EphemeralEvent = z.discriminatedUnion('type', [
  ThreadTypingUpdateEvent,
  PresenceUpdateEvent,
  ReceiptUpdateEvent,
]);
export type EphemeralEvent = z.infer<typeof EphemeralEvent>;

/** Everything a server may say on a group's socket; a frame is an array of them. */
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
  ReceiptUpdateEvent,
  ErrorEvent,
]);
export type ServerEvent = z.infer<typeof ServerEvent>;

/** An event of a later version: dropped, but a `rev` in it counts (protocol.md: receivers ignore what they do not know). */
export const UnknownEvent = z.object({ type: z.string(), rev: z.optional(Rev) });
