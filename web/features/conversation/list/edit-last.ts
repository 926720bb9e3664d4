import type { Conversation } from '../conversation-context.ts';
import { permitted } from '../permitted.ts';
import type { TimelineItem } from './timeline-items.ts';

/** The key of my last message among these items; undefined without one, or if I may not edit it. */
export function lastOfMine(
  items: readonly TimelineItem[],
  conversation: Conversation,
): string | undefined {
  const last = items.findLast(
    (item) =>
      item.type === 'message' &&
      item.row.state === 'sent' &&
      item.row.message.userId === conversation.me,
  );
  if (last?.type !== 'message' || last.row.state !== 'sent') return undefined;
  return permitted(last.row.message, conversation).edit ? last.key : undefined;
}
