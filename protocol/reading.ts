import * as z from 'zod/mini';
import { GroupId, MessageId, Rev } from './ids.ts';
import { GROUPS_READ_AT_ONCE, THREADS_IN_ENTRY } from './limits.ts';
import { InboxEntry } from './rest.ts';

const atOnce = <T extends z.ZodMiniType>(group: T) =>
  z
    .array(group)
    .check(
      z.minLength(1, { error: 'must name at least one group' }),
      z.maxLength(GROUPS_READ_AT_ONCE, { error: `must be at most ${GROUPS_READ_AT_ONCE} groups` }),
    );

/** The body of `POST /api/inbox/read`: groups, and up to where each is marked as read with the threads that I follow. */
export const GroupsToRead = z.object({ groups: atOnce(z.object({ groupId: GroupId, seq: Rev })) });
export type GroupsToRead = z.infer<typeof GroupsToRead>;

/** How far I had read a group before it was marked as read: what undoing that restores. */
export const ReadBefore = z.object({
  groupId: GroupId,
  /** Up to where it was marked as read. */
  seq: Rev,
  /** My cursor in the timeline, if it was moved. */
  readSeq: z.optional(Rev),
  /** My cursors in the threads that were marked as read. */
  threads: z
    .array(z.object({ parentId: MessageId, readSeq: Rev }))
    .check(z.maxLength(THREADS_IN_ENTRY)),
});
export type ReadBefore = z.infer<typeof ReadBefore>;

/** The body of `POST /api/inbox/unread`, which undoes `POST /api/inbox/read`. */
export const GroupsToUnread = z.object({ groups: atOnce(ReadBefore) });
export type GroupsToUnread = z.infer<typeof GroupsToUnread>;

/** The groups as they are now. `failed` are those whose Rooms did not answer: they stay as they were. */
const outcome = { entries: z.array(InboxEntry), failed: z.array(GroupId) };

/** The answer of `POST /api/inbox/read`. `before` names only groups in which something was unread. */
export const GroupsRead = z.object({ ...outcome, before: z.array(ReadBefore) });
export type GroupsRead = z.infer<typeof GroupsRead>;

/** The answer of `POST /api/inbox/unread`. */
export const GroupsUnread = z.object(outcome);
export type GroupsUnread = z.infer<typeof GroupsUnread>;
