import { assertNever } from '../../../protocol/assert-never.ts';
import type { Failure } from '../../../protocol/errors.ts';
import type { Message } from '../../../protocol/models.ts';
import type { ChangeRow } from '../cache/outbox-row.ts';
import { hasReacted, react } from '../message.ts';

/** My change of a message that the server has not acknowledged; replaced as a whole when it changes. */
export interface PendingChange {
  row: ChangeRow;
  failure?: Failure;
}

/**
 * The message as it will be after my changes of it, so that they are shown at once. A failed change is still shown,
 * with its failure; only a message whose deletion failed is shown again.
 */
export function withChanges(message: Message, changes: readonly PendingChange[]): Message {
  return changes.reduce(withChange, message);
}

function withChange(message: Message, { row, failure }: PendingChange): Message {
  if (message.deletedAt !== undefined) return message;
  switch (row.type) {
    case 'edit':
      return { ...message, content: row.content, edited: true };
    case 'delete':
      return failure ? message : { ...message, content: '', deletedAt: row.createdAt };
    case 'reaction':
      if (hasReacted(message, row.emoji, row.userId) === (row.op === 'add')) return message;
      return react(message, row);
    default:
      return assertNever(row);
  }
}
