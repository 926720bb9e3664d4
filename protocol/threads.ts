import * as z from 'zod/mini';
import { GroupId } from './ids.ts';
import { Message, User } from './models.ts';

/** A thread that I follow. `unread` counts replies up to 100. */
export const FollowedThread = z.object({
  groupId: GroupId,
  root: Message,
  unread: z.int(),
  lastReplyAt: z.int(),
  /** The last replies that were not deleted, at most `REPLIES_IN_LIST`, oldest first. */
  replies: z.array(Message),
});
export type FollowedThread = z.infer<typeof FollowedThread>;

/**
 * The answer of `GET /api/threads`: threads with unread replies first, then by latest reply, and the users that they name. What
 * arrives between two pages moves no thread, so that none is left out. One that is read meanwhile, or got a reply right before
 * the first page, may come again. `incomplete`: some groups could not be asked.
 */
export const ThreadList = z.object({
  items: z.array(FollowedThread),
  users: z.array(User),
  next: z.optional(z.string()),
  incomplete: z.optional(z.literal(true)),
});
export type ThreadList = z.infer<typeof ThreadList>;

/** The answer of `GET` and `PATCH /api/threads/:id`: one thread, whether I follow it, and the users that it names. */
export const ThreadState = z.object({
  thread: FollowedThread,
  following: z.boolean(),
  users: z.array(User),
});
export type ThreadState = z.infer<typeof ThreadState>;
