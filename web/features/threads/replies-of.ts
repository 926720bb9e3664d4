import type { Message } from '../../../protocol/models.ts';

/** The number of replies to a root, in words: "1 reply", "12 replies". */
export function repliesOf({ replyCount = 0 }: Pick<Message, 'replyCount'>): string {
  return `${replyCount} ${replyCount === 1 ? 'reply' : 'replies'}`;
}
