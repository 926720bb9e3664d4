import * as z from 'zod/mini';
import { GroupId, MessageId, UserId } from '../../../protocol/ids.ts';
import { FileReference } from '../../../protocol/models.ts';

/**
 * Where a draft is written: in a group's timeline, in a thread (`parentId`), or as the edit of a message (`edits`, its
 * id).
 */
export interface DraftPlace {
  userId: string;
  groupId: string;
  parentId?: string | undefined;
  edits?: string | undefined;
}

/** The prefix of an edit's key. Without it, the edit of a root and a reply to it would share a key. */
const EDIT = 'edit ';

/** A stored draft. `parentId` is "" for the timeline, and `edit <id>` for an edit. */
export const DraftRow = z.object({
  userId: UserId,
  groupId: GroupId,
  parentId: z.union([MessageId, z.literal(''), z.string().check(z.regex(/^edit /))]),
  /** The text of the field. */
  text: z.string(),
  /** The users whom the `@names` in it mean. */
  named: z.array(z.object({ name: z.string(), userId: UserId })),
  /** The files that are to be sent with it. */
  files: z.optional(z.array(FileReference)),
});
export type DraftRow = z.infer<typeof DraftRow>;

/** The key of a draft in the local database. */
export function draftKey({
  userId,
  groupId,
  parentId = '',
  edits,
}: DraftPlace): [string, string, string] {
  return [userId, groupId, edits === undefined ? parentId : EDIT + edits];
}
