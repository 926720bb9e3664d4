import * as z from 'zod/mini';
import { Epoch, MessageId, Rev } from './ids.ts';
import { MESSAGE_CHARACTERS } from './limits.ts';
import { wellFormed } from './well-formed.ts';

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

export const MessageFrame = z.object({
  type: z.literal('message'),
  ref,
  id: MessageId,
  content: MessageContent,
  parentId: notYet('replies'),
  alsoToGroup: notYet('replies'),
  attachments: notYet('attachments'),
});

export const ThreadSyncFrame = z.object({
  type: z.literal('thread_sync'),
  ref,
  parentId: z.optional(z.null({ error: 'threads are not supported by this server' })),
  since: z.optional(Rev),
  epoch: z.optional(Epoch),
});

export const AuthFrame = z.object({
  type: z.literal('auth'),
  ref,
  token: z.string().check(z.minLength(1), z.maxLength(8_192)),
});

/** Everything a client may say on a group's socket, one object a frame. */
export const ClientFrame = z.discriminatedUnion('type', [MessageFrame, ThreadSyncFrame, AuthFrame]);
export type ClientFrame = z.infer<typeof ClientFrame>;
export type MessageFrame = z.infer<typeof MessageFrame>;
export type ThreadSyncFrame = z.infer<typeof ThreadSyncFrame>;
