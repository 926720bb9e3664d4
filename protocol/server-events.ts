import * as z from 'zod/mini';
import { ErrorCode } from './errors.ts';
import { Epoch, GroupId, MessageId, Rev, UserId } from './ids.ts';
import { Group, Member, MemberRole, Message, PresenceState, User } from './models.ts';

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
    readThreads: z.array(z.object({ parentId: MessageId, readSeq: Rev, following: z.boolean() })),
  }),
  members: z.array(Member),
  users: z.array(User),
  receipts: z.array(
    z.object({
      userId: UserId,
      readSeq: Rev,
      deliveredSeq: Rev,
      readAt: z.optional(z.int()),
    }),
  ),
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
  /** The answer to a repeated id: merged by rev, never moves N. */
  repeat: z.optional(z.literal(true)),
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
  MemberUpdateEvent,
  GroupUpdateEvent,
]);
export type DurableEvent = z.infer<typeof DurableEvent>;

/** Everything a server may say on a group's socket; a frame is an array of them. */
export const ServerEvent = z.discriminatedUnion('type', [
  ThreadStateEvent,
  MessageEvent,
  MemberUpdateEvent,
  GroupUpdateEvent,
  ErrorEvent,
]);
export type ServerEvent = z.infer<typeof ServerEvent>;

/** An event of a later version: dropped, but a `rev` in it counts (protocol.md: receivers ignore what they do not know). */
export const UnknownEvent = z.object({ type: z.string(), rev: z.optional(Rev) });
