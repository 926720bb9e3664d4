import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { ErrorCode } from '../../protocol/errors.ts';
import { GroupId, MessageId, UserId } from '../../protocol/ids.ts';

/** A message that was written and not acknowledged, as it is stored. Times are ms UTC. */
export const OutboxRow = z.object({
  id: MessageId,
  userId: UserId,
  groupId: GroupId,
  content: z.string(),
  /** When it was written. */
  createdAt: z.int(),
  /** When somebody last said "send": at first when it was written, later when it was retried. */
  queuedAt: z.int(),
  /** Why the server refused it; it waits for Retry or Delete. */
  failure: z.optional(z.object({ code: ErrorCode, detail: z.string() })),
});
export type OutboxRow = z.infer<typeof OutboxRow>;

/** Older than this a message asks before it is sent: the moment for it may be over. */
const STALE_AFTER_MS = 60 * 60_000;

/** A message that is written now. Its id is the one it will have for ever. */
export function newOutboxRow(
  of: { userId: string; groupId: string },
  content: string,
  now: number,
): OutboxRow {
  const { userId, groupId } = of;
  return { id: uuidv7(), userId, groupId, content, createdAt: now, queuedAt: now };
}

/** Whether it is too old to be sent without asking. */
export function isStale(row: OutboxRow, now: number): boolean {
  return row.queuedAt < now - STALE_AFTER_MS;
}
