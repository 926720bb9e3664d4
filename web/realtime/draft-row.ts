import * as z from 'zod/mini';
import { GroupId, MessageId, UserId } from '../../protocol/ids.ts';

/** Where one writes: in a group's timeline, or in a thread (`parentId`). */
export interface DraftPlace {
  userId: string;
  groupId: string;
  parentId?: string | undefined;
}

/** What somebody has begun to write, as it is stored. `parentId` is "" for the timeline. */
export const DraftRow = z.object({
  userId: UserId,
  groupId: GroupId,
  parentId: z.union([MessageId, z.literal('')]),
  /** As it stands in the field. */
  text: z.string(),
  /** Whom the `@names` in it mean. */
  named: z.array(z.object({ name: z.string(), userId: UserId })),
});
export type DraftRow = z.infer<typeof DraftRow>;

/** The key of a draft in the local database. */
export function draftKey({ userId, groupId, parentId = '' }: DraftPlace): [string, string, string] {
  return [userId, groupId, parentId];
}
