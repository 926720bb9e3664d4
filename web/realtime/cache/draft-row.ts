import * as z from 'zod/mini';
import { GroupId, MessageId, UserId } from '../../../protocol/ids.ts';

/** Where one writes: in a group's timeline, in a thread (`parentId`), or in a message that is there (`edits`, its id). */
export interface DraftPlace {
  userId: string;
  groupId: string;
  parentId?: string | undefined;
  edits?: string | undefined;
}

/** Where a draft stands in its group: a thread has the id of a message, too. */
const EDIT = 'edit ';

/** What somebody has begun to write, as it is stored. `parentId` is "" for the timeline, and of an edit `edit <id>`. */
export const DraftRow = z.object({
  userId: UserId,
  groupId: GroupId,
  parentId: z.union([MessageId, z.literal(''), z.string().check(z.startsWith(EDIT))]),
  /** As it stands in the field. */
  text: z.string(),
  /** Whom the `@names` in it mean. */
  named: z.array(z.object({ name: z.string(), userId: UserId })),
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
