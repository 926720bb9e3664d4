import { RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import type { Group, Message } from '../../../protocol/models.ts';
import type { ReceiptView } from '../group-view.ts';
import type { Ephemeral } from '../replica/ephemeral.ts';
import type { People } from '../replica/people.ts';

/**
 * How far my newest message has come among the current members, by their cursors; undefined in groups of more than a
 * hundred members, where the server sends only my own cursor.
 */
export function receiptOf(
  message: Message,
  { group, people, ephemeral }: { group: Group; people: People; ephemeral: Ephemeral },
): ReceiptView | undefined {
  if (group.memberCount > RECEIPTS_MEMBERS) return undefined;
  const others = [...ephemeral.receipts.values()].filter(
    ({ userId }) => userId !== message.userId && people.members.has(userId),
  );
  const readBy = others
    .filter(({ readSeq }) => readSeq >= message.seq)
    .map(({ userId, readAt }) => ({ userId, ...(readAt !== undefined && { readAt }) }));
  if (readBy.length > 0) return { state: 'read', readBy };
  const isDelivered = others.some(({ deliveredSeq }) => deliveredSeq >= message.seq);
  return { state: isDelivered ? 'delivered' : 'sent', readBy };
}
