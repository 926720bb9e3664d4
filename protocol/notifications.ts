import * as z from 'zod/mini';
import { GroupId, MessageId, Rev } from './ids.ts';
import type { InboxEntry } from './rest.ts';

/** Why a message notifies me: it mentions me, it is part of a direct conversation, or I want all messages of its group. */
const NotificationReason = z.enum(['mention', 'direct', 'message']);
export type NotificationReason = z.infer<typeof NotificationReason>;

/** A message that notifies me, as it is shown outside of the page. */
export const MessageNotification = z.object({
  groupId: GroupId,
  messageId: MessageId,
  seq: Rev,
  /** The root of a reply that only its thread shows. */
  parentId: z.optional(MessageId),
  reason: NotificationReason,
  /** Who wrote it, and where. */
  title: z.string(),
  /** The beginning of the message in one line, without marks. */
  body: z.string(),
  /** When the message was sent, ms UTC. */
  at: z.int(),
});
export type MessageNotification = z.infer<typeof MessageNotification>;

/** Whether I have read the message, or it is gone, as my entry of its group says. */
export function isSettled(
  { parentId, seq }: Pick<MessageNotification, 'parentId' | 'seq'>,
  { threads, unread, readSeq }: Pick<InboxEntry, 'threads' | 'unread' | 'readSeq'>,
): boolean {
  if (parentId !== undefined) return !threads.some((thread) => thread.parentId === parentId);
  return unread === 0 || readSeq >= seq;
}
