import * as z from 'zod/mini';
import { Attachments, hasContent } from './attachments.ts';
import { Epoch, MessageId, Rev, UserId } from './ids.ts';
import { MESSAGE_CHARACTERS, USERS_WATCHED } from './limits.ts';
import { Activity } from './models.ts';
import { cleanText, isBlank } from './text.ts';

/**
 * Accepts only text that UTF-8 can encode. Sockets would deliver half of a surrogate pair as it is, while every storage
 * replaces it, and the copies of a message would differ for ever.
 */
export const wellFormed = z.refine<string>((text) => text.isWellFormed(), {
  error: 'must be well-formed Unicode',
});

/** Accepts only text that can be seen. */
export const visible = z.refine<string>((text) => !isBlank(text), { error: 'must not be empty' });

/**
 * The text of a message: well-formed, at most `MESSAGE_CHARACTERS` long. Control characters are removed, and text that cannot
 * be seen is none. `hasContent` says when a message may be without text.
 */
export const MessageContent = z.string().check(
  z.overwrite((text) => (isBlank(text) ? '' : cleanText(text))),
  z.maxLength(MESSAGE_CHARACTERS, { error: `must be at most ${MESSAGE_CHARACTERS} characters` }),
  wellFormed,
);

/** The client's name for the frame. An `error` about the frame repeats it. */
const ref = z.optional(z.string().check(z.maxLength(64)));

const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/**
 * One emoji in the form that Unicode recommends for interchange, so that an emoji is always the same string. `z.regex`
 * would write its pattern into the OpenAPI document, and JSON Schema does not know `\p{RGI_Emoji}`.
 */
export const Emoji = z.string().check(
  z.maxLength(32),
  z.refine((text) => ONE_EMOJI.test(text), { error: 'must be one emoji' }),
);

/** Sends a message or, with `parentId`, a reply. A repeat with the same `id` returns the existing message. */
export const MessageFrame = z
  .object({
    type: z.literal('message'),
    ref,
    id: MessageId,
    content: MessageContent,
    parentId: z.optional(MessageId),
    alsoToGroup: z.optional(z.boolean()),
    attachments: z.optional(Attachments),
  })
  .check(hasContent);

/** Replaces the text of my message and, if `attachments` is there, its files. Without text it must list the files. */
export const EditMessageFrame = z
  .object({
    type: z.literal('edit_message'),
    ref,
    id: MessageId,
    content: MessageContent,
    attachments: z.optional(Attachments),
  })
  .check(hasContent);

/** Turns a message into a tombstone. */
export const DeleteMessageFrame = z.object({
  type: z.literal('delete_message'),
  ref,
  id: MessageId,
});

/** Adds my reaction to a message, or removes it. */
export const ReactionFrame = z.object({
  type: z.literal('reaction'),
  ref,
  id: MessageId,
  emoji: Emoji,
  op: z.enum(['add', 'remove']),
});

/**
 * Requests a `thread_state`: of the group, or with `parentId` of a thread; with `since` and `epoch`, only what changed. A client
 * that holds the group at some position says so in `holds`, and the state of a thread is then `partial`.
 */
export const ThreadSyncFrame = z.object({
  type: z.literal('thread_sync'),
  ref,
  parentId: z.optional(z.nullable(MessageId)),
  since: z.optional(Rev),
  epoch: z.optional(Epoch),
  holds: z.optional(z.object({ since: Rev, epoch: Epoch })),
});

/** Says that I type, or stopped, in the group or a thread. Repeated every `TYPING_REPEAT_MS`. */
export const ThreadTypingFrame = z.object({
  type: z.literal('thread_typing'),
  ref,
  parentId: z.optional(MessageId),
  typing: z.boolean(),
});

/** Moves my read cursor to `seq`. It only moves forward, except with `manual`. */
export const ThreadReadFrame = z.object({
  type: z.literal('thread_read'),
  ref,
  parentId: z.optional(MessageId),
  seq: Rev,
  /** How many manual moves the client knows of. The Room ignores a late read that was sent before the latest one. */
  mark: z.int().check(z.nonnegative()),
  manual: z.optional(z.literal(true)),
});

/** Follows a thread, or stops following it. */
export const ThreadFollowFrame = z.object({
  type: z.literal('thread_follow'),
  ref,
  parentId: MessageId,
  following: z.boolean(),
});

/**
 * Acknowledges the events up to `seq`, the client's rev. A client sends it every `deliveredEveryMs` while its rev
 * moves. The Room closes a client that acknowledges nothing while megabytes go out to it (4503).
 */
export const ThreadDeliveredFrame = z.object({
  type: z.literal('thread_delivered'),
  ref,
  seq: Rev,
});

/** Says whether the user is active at this client. */
export const PresenceFrame = z.object({
  type: z.literal('presence'),
  ref,
  state: Activity,
  /** Whether the user does not want to be disturbed. Only a Room has to be told: the Inbox of the user knows. */
  dnd: z.optional(z.boolean()),
});

/**
 * Watches the presence of these users, instead of those of the last such frame on this connection. The Room answers with a
 * `presence_update` for each. In a group of more than `MEMBERS_IN_STATE` members the client gets their changes and no others.
 */
export const PresenceWatchFrame = z.object({
  type: z.literal('presence_watch'),
  ref,
  userIds: z
    .array(UserId)
    .check(z.maxLength(USERS_WATCHED, { error: `must be at most ${USERS_WATCHED} users` })),
});

/** Renews the lease of the socket with a fresh session token. */
export const AuthFrame = z.object({
  type: z.literal('auth'),
  ref,
  token: z.string().check(z.minLength(1), z.maxLength(8_192)),
});

/** A frame that a client sends on a group's socket. */
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
  PresenceWatchFrame,
  AuthFrame,
]);
export type ClientFrame = z.infer<typeof ClientFrame>;
/** The frame whose `type` is `T`. */
export type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;
