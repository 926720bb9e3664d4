import * as z from 'zod/mini';
import { Epoch, Rev, UserId } from '../../../protocol/ids.ts';
import { Group, Member, Message, User } from '../../../protocol/models.ts';
import { ThreadStateEvent } from '../../../protocol/server-events.ts';

/** How many messages of the timeline are cached for the next visit. */
export const CACHED_MESSAGES = 200;

/** A group as it is cached for the next visit and for reading offline: all of it at one position. */
export const CachedGroup = z.object({
  /** A group of another version is not read. */
  version: z.literal(2),
  userId: UserId,
  since: Rev,
  epoch: Epoch,
  /** When the server was last heard from, ms UTC. */
  heardAt: z.int(),
  group: Group,
  me: ThreadStateEvent.shape.me,
  members: z.array(Member),
  /** Who is named in the messages and is no member. */
  users: z.array(User),
  /** The newest of the timeline, oldest first. */
  messages: z.array(Message),
  hasBefore: z.boolean(),
});
export type CachedGroup = z.infer<typeof CachedGroup>;
