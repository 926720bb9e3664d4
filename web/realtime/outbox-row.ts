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
