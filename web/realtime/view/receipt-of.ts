import { RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import type { Group, Message } from '../../../protocol/models.ts';
import type { ReceiptView } from '../group-view.ts';
import type { Ephemeral } from '../replica/ephemeral.ts';
import type { People } from '../replica/people.ts';

/** Whether a group shows receipts: in one of more than a hundred members the server sends only my own cursor. */
export function hasReceipts({ memberCount }: Group): boolean {
  return memberCount <= RECEIPTS_MEMBERS;
}

/** How far my newest message in a group has come among its current members, by their cursors. */
export function receiptOf(
  message: Message,
  { kind }: Group,
  { people, ephemeral }: { people: People; ephemeral: Ephemeral },
): ReceiptView {
  const others = [...ephemeral.receipts.values()].filter(
    ({ userId }) => userId !== message.userId && people.members.has(userId),
  );
  const readBy = others
    // Someone who joins begins at the newest message, without a time: they have not read what was there before.
    .flatMap(({ userId, readSeq, readAt }) =>
      readSeq >= message.seq && readAt !== undefined ? [{ userId, readAt }] : [],
    );
  if (readBy.length > 0) {
    return { state: 'read', readBy, isPair: kind === 'direct' && people.members.size === 2 };
  }
  const isDelivered = others.some(({ deliveredSeq }) => deliveredSeq >= message.seq);
  return { state: isDelivered ? 'delivered' : 'sent', readBy };
}
