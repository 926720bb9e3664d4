import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { assertNever } from '../../../protocol/assert-never.ts';
import type { FrameOf } from '../../../protocol/client-frames.ts';
import { ErrorCode } from '../../../protocol/errors.ts';
import { GroupId, MessageId, UserId, Uuid7 } from '../../../protocol/ids.ts';
import { FileReference } from '../../../protocol/models.ts';

const common = {
  /** The message's own id if it is a message. */
  id: Uuid7,
  userId: UserId,
  groupId: GroupId,
  /** When it was written. */
  createdAt: z.int(),
  /** When the user last sent it: when it was written, or later retried. */
  queuedAt: z.int(),
  /** Why the server refused it; it waits for the user to decide. */
  failure: z.optional(z.object({ code: ErrorCode, detail: z.string() })),
};

/** A message that is not acknowledged, as it is stored. Times are ms UTC. */
export const MessageRow = z.object({
  ...common,
  type: z.literal('message'),
  content: z.string(),
  parentId: z.optional(MessageId),
  alsoToGroup: z.optional(z.boolean()),
  /** Its files. One that is still to be uploaded has no `url`, and an id that only this machine knows. */
  files: z.optional(z.array(FileReference)),
});
export type MessageRow = z.infer<typeof MessageRow>;

/** A change of an existing message, `messageId`. */
const EditRow = z.object({
  ...common,
  type: z.literal('edit'),
  messageId: MessageId,
  content: z.string(),
  /** All its files after the edit, as a message has them; unchanged if it is missing. */
  files: z.optional(z.array(FileReference)),
});
const DeleteRow = z.object({
  ...common,
  type: z.literal('delete'),
  messageId: MessageId,
  /** Until then (ms UTC) the user can undo it, and it is not sent unless they leave the page. */
  heldUntil: z.optional(z.int()),
});
const ReactionRow = z.object({
  ...common,
  type: z.literal('reaction'),
  messageId: MessageId,
  emoji: z.string(),
  op: z.enum(['add', 'remove']),
});

/** A message or a change that is not acknowledged. */
export const OutboxRow = z.discriminatedUnion('type', [
  MessageRow,
  EditRow,
  DeleteRow,
  ReactionRow,
]);
export type OutboxRow = z.infer<typeof OutboxRow>;
export type ChangeRow = Exclude<OutboxRow, MessageRow>;

/** What a user writes or changes, before it is a row. */
export type NewMessage = Pick<
  MessageRow,
  'type' | 'content' | 'parentId' | 'alsoToGroup' | 'files'
>;
export type NewChange =
  | Pick<z.infer<typeof EditRow>, 'type' | 'messageId' | 'content' | 'files'>
  | Pick<z.infer<typeof DeleteRow>, 'type' | 'messageId' | 'heldUntil'>
  | Pick<z.infer<typeof ReactionRow>, 'type' | 'messageId' | 'emoji' | 'op'>;

/** A row older than this asks before it is sent: it may no longer be wanted. */
const STALE_AFTER_MS = 60 * 60_000;

/** Makes the row of something that is written now. */
export function newOutboxRow<T extends NewMessage | NewChange>(
  { userId, groupId }: { userId: string; groupId: string },
  content: T,
  now: number,
) {
  return { id: uuidv7(), userId, groupId, createdAt: now, queuedAt: now, ...content };
}

/** Whether the row is too old to be sent without asking. A deletion never is. */
export function isStale(row: OutboxRow, now: number): boolean {
  return row.type !== 'delete' && row.queuedAt < now - STALE_AFTER_MS;
}

/** The files of a message or an edit, for rows that have some. */
export function filesOf(row: OutboxRow): readonly FileReference[] {
  return ('files' in row && row.files) || [];
}

/** Whether files of a message or an edit are still to be uploaded. It is sent after that. */
export function isUploading(row: OutboxRow): boolean {
  return filesOf(row).some(({ url }) => url === '');
}

/** How long a row is still held, ms. A row from the future is not held: the clock was set back, perhaps by a year. */
export function heldForMs(row: OutboxRow, now: number): number {
  if (row.type !== 'delete' || row.heldUntil === undefined || row.createdAt > now) return 0;
  return Math.max(0, row.heldUntil - now);
}

/** Whether the row changes the same thing of the same message as `change`, so that the later of the two is enough. */
export function isAbout(row: OutboxRow, change: ChangeRow): boolean {
  if (row.type === 'message' || row.messageId !== change.messageId) return false;
  if (change.type === 'delete') return true;
  if (change.type === 'edit') return row.type === 'edit';
  return row.type === 'reaction' && row.emoji === change.emoji;
}

/** The frame that sends the row. Its `ref` is the row's id, which an `error` repeats. */
export function frameOf(
  row: OutboxRow,
): FrameOf<'message' | 'edit_message' | 'delete_message' | 'reaction'> {
  const ref = row.id;
  const attachments = 'files' in row && row.files && { attachments: row.files.map(({ id }) => id) };
  switch (row.type) {
    case 'message': {
      const { id, content, parentId, alsoToGroup } = row;
      const thread = { ...(parentId && { parentId }), ...(alsoToGroup && { alsoToGroup }) };
      return { type: 'message', ref, id, content, ...thread, ...attachments };
    }
    case 'edit':
      return {
        type: 'edit_message',
        ref,
        id: row.messageId,
        content: row.content,
        ...attachments,
      };
    case 'delete':
      return { type: 'delete_message', ref, id: row.messageId };
    case 'reaction':
      return { type: 'reaction', ref, id: row.messageId, emoji: row.emoji, op: row.op };
    default:
      return assertNever(row);
  }
}
