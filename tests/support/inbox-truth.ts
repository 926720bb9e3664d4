import * as z from 'zod/mini';
import { UNREAD_SHOWN } from '../../protocol/limits.ts';
import type { Edgewise } from './edgewise.ts';

/** What a list must show of a group, counted over the messages themselves. */
export interface Badge {
  readSeq: number;
  unread: number;
  mentions: number;
  threads: Record<string, number>;
  lastSeq: number | undefined;
}

const flag = z.pipe(
  z.nullable(z.number()),
  z.transform((value) => value === 1),
);
const userIds = z.pipe(
  z.nullable(z.string()),
  z.transform((text): string[] => z.array(z.string()).parse(JSON.parse(text ?? '[]'))),
);
const MessageRow = z.object({
  seq: z.number(),
  id: z.string(),
  user_id: z.string(),
  content: z.string(),
  parent_seq: z.nullable(z.number()),
  also_to_group: flag,
  deleted_at: z.nullable(z.number()),
  system: z.nullable(z.string()),
  mentions: userIds,
  mentioned_here: userIds,
});
type MessageRow = z.infer<typeof MessageRow>;
const FollowRow = z.object({
  user_id: z.string(),
  read_seq: z.number(),
  root_seq: z.number(),
  following: flag,
});
const CursorPack = z.object({
  cursors: z.pipe(
    z.string(),
    z.transform((text) =>
      z
        .array(z.tuple([z.string(), z.number()], z.unknown()))
        .parse(JSON.parse(text))
        .map(([userId, readSeq]) => [userId, readSeq] as const),
    ),
  ),
});
const MemberRow = z.object({ user_id: z.string(), left_at: z.nullable(z.number()) });

/** The badges of a group for each member. Its rows are read and counted here, and not by the Room. */
export async function badgesOf(edgewise: Edgewise, groupId: string): Promise<Map<string, Badge>> {
  const read = async <T extends z.ZodMiniType>(schema: T, table: string) =>
    z.array(schema).parse(await edgewise.roomSql(groupId, `SELECT * FROM ${table}`));
  const members = await read(MemberRow, 'members');
  const messages = await read(MessageRow, 'messages');
  const packs = await read(CursorPack, 'cursor_packs');
  const readSeqs = new Map(packs.flatMap(({ cursors }) => cursors));
  const follows = await read(FollowRow, 'follows');
  const shown = messages.filter((row) => row.deleted_at === null && row.system === null);
  const timeline = shown.filter((row) => row.parent_seq === null || row.also_to_group);
  return new Map(
    members
      .filter((member) => member.left_at === null)
      .map(({ user_id: userId }) => {
        const readSeq = readSeqs.get(userId) ?? 0;
        const unread = timeline.filter((row) => row.seq > readSeq && row.user_id !== userId);
        const threads = follows
          .filter((follow) => follow.user_id === userId && follow.following)
          .flatMap((follow) => {
            const root = messages.find((row) => row.seq === follow.root_seq);
            const replies = shown.filter(
              (row) =>
                row.parent_seq === follow.root_seq &&
                row.seq > follow.read_seq &&
                row.user_id !== userId,
            );
            return root && replies.length > 0 ? [[root.id, replies.length] as const] : [];
          });
        const badge = {
          readSeq,
          unread: Math.min(unread.length, UNREAD_SHOWN),
          mentions: unread.filter((row) => doesMention(row, userId)).length,
          threads: Object.fromEntries(threads),
          lastSeq: timeline.at(-1)?.seq,
        };
        return [userId, badge];
      }),
  );
}

/** Someone who was no member when a message was written is not mentioned in it. */
function doesMention(row: MessageRow, userId: string): boolean {
  const { content, mentions, mentioned_here } = row;
  return (
    (content.includes(`<@${userId}>`) && mentions.includes(userId)) ||
    content.includes('<@all>') ||
    (content.includes('<@here>') && mentioned_here.includes(userId))
  );
}
