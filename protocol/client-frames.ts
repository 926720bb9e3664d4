import * as z from 'zod/mini';
import { Epoch, MessageId, Rev } from './ids.ts';
import { MESSAGE_CHARACTERS } from './limits.ts';
import { Activity } from './models.ts';

/**
 * Accepts only text that UTF-8 can encode. Sockets would deliver half of a surrogate pair as it is, while every storage
 * replaces it, and the copies of a message would differ for ever.
 */
export const wellFormed = z.refine<string>((text) => text.isWellFormed(), {
  error: 'must be well-formed Unicode',
});

/** Text that a person wrote: something in it, of whole characters, and no more than a message holds. */
export const MessageContent = z.string().check(
  z.maxLength(MESSAGE_CHARACTERS, { error: `must be at most ${MESSAGE_CHARACTERS} characters` }),
  z.refine((text) => text.trim() !== '', { error: 'must not be empty' }),
  wellFormed,
);

/** Repeated by an `error` about the frame. */
const ref = z.optional(z.string().check(z.maxLength(64)));

/** A field of the contract that this version cannot honour: refused, because dropping it would change the meaning. */
export const notYet = (what: string) =>
  z.optional(z.undefined({ error: `${what} are not supported by this server` }));

const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/**
 * One emoji as Unicode recommends it for interchange, so that the same picture is always the same string. Not `z.regex`:
 * its pattern would go into the API's document, whose readers know no such property.
 */
export const Emoji = z.string().check(
  z.maxLength(32),
  z.refine((text) => ONE_EMOJI.test(text), { error: 'must be one emoji' }),
);

export const MessageFrame = z.object({
  type: z.literal('message'),
  ref,
  id: MessageId,
  content: MessageContent,
  parentId: z.optional(MessageId),
  alsoToGroup: z.optional(z.boolean()),
  attachments: notYet('attachments'),
});

export const EditMessageFrame = z.object({
  type: z.literal('edit_message'),
  ref,
  id: MessageId,
  content: MessageContent,
});

export const DeleteMessageFrame = z.object({
  type: z.literal('delete_message'),
  ref,
  id: MessageId,
});

export const ReactionFrame = z.object({
  type: z.literal('reaction'),
  ref,
  id: MessageId,
  emoji: Emoji,
  op: z.enum(['add', 'remove']),
});

export const ThreadSyncFrame = z.object({
  type: z.literal('thread_sync'),
  ref,
  parentId: z.optional(z.nullable(MessageId)),
  since: z.optional(Rev),
  epoch: z.optional(Epoch),
});

export const ThreadTypingFrame = z.object({
  type: z.literal('thread_typing'),
  ref,
  parentId: z.optional(MessageId),
  typing: z.boolean(),
});

export const ThreadReadFrame = z.object({
  type: z.literal('thread_read'),
  ref,
  parentId: z.optional(MessageId),
  seq: Rev,
  /** The number of manual moves that this client knows of: a late read from before one does not undo it. */
  mark: z.int().check(z.nonnegative()),
  manual: z.optional(z.literal(true)),
});

export const ThreadFollowFrame = z.object({
  type: z.literal('thread_follow'),
  ref,
  parentId: MessageId,
  following: z.boolean(),
});

/**
 * What this client has applied: its N. At most so often as `deliveredEveryMs` says, and that often while there is
 * something new: a client that is silent about it while megabytes go out is taken for stuck, and closed with 4503.
 */
export const ThreadDeliveredFrame = z.object({
  type: z.literal('thread_delivered'),
  ref,
  seq: Rev,
});

export const PresenceFrame = z.object({
  type: z.literal('presence'),
  ref,
  state: Activity,
});

export const AuthFrame = z.object({
  type: z.literal('auth'),
  ref,
  token: z.string().check(z.minLength(1), z.maxLength(8_192)),
});

/** Everything a client may say on a group's socket, one object a frame. */
export const ClientFrame = z.discriminatedUnion('type', [
  MessageFrame,
  EditMessageFrame,
  DeleteMessageFrame,
  ReactionFrame,
  ThreadSyncFrame,
  ThreadTypingFrame,
  ThreadReadFrame,
  ThreadFollowFrame,
  ThreadDeliveredFrame,
  PresenceFrame,
  AuthFrame,
]);
export type ClientFrame = z.infer<typeof ClientFrame>;
/** The frame of this type. */
export type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;
