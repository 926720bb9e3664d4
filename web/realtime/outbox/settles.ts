import { assertNever } from '../../../protocol/assert-never.ts';
import type { Message } from '../../../protocol/models.ts';
import type { ChangeRow, OutboxRow } from '../cache/outbox-row.ts';
import { hasReacted } from '../message.ts';
import type { RowEvent } from '../replica/row-event.ts';

/** Whether the message stands as the change wants it. A deleted one can be changed no more. */
export function shows(message: Message, change: ChangeRow): boolean {
  if (message.deletedAt !== undefined) return true;
  switch (change.type) {
    case 'edit':
      return message.content === change.content;
    case 'delete':
      return false;
    case 'reaction':
      return hasReacted(message, change.emoji, change.userId) === (change.op === 'add');
    default:
      return assertNever(change);
  }
}

/** Whether what the server tells is the answer to this row: it holds the message, or the message is as it was to be. */
export function settles(event: RowEvent, row: OutboxRow): boolean {
  switch (event.type) {
    case 'row':
    case 'message':
    case 'message_update':
      if (row.type === 'message') return event.message.id === row.id;
      return event.message.id === row.messageId && shows(event.message, row);
    case 'message_delete':
      return event.id === (row.type === 'message' ? row.id : row.messageId);
    case 'reaction_update': {
      const { id, userId, emoji, op } = event;
      if (row.type !== 'reaction' || row.userId !== userId || row.messageId !== id) return false;
      return row.emoji === emoji && row.op === op;
    }
    default:
      return assertNever(event);
  }
}
