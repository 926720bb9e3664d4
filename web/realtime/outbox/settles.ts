import { assertNever } from '../../../protocol/assert-never.ts';
import type { Message } from '../../../protocol/models.ts';
import { type ChangeRow, isAbout, type OutboxRow } from '../cache/outbox-row.ts';
import { hasReacted } from '../message.ts';
import type { RowEvent } from '../replica/row-event.ts';
import type { OutboxEntry } from './entry.ts';

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

/**
 * The entries that are done with this event. A change that follows another of the same is not done before that one: the
 * message may look right now, and be changed once more by what is on its way.
 */
export function settledBy(event: RowEvent, entries: readonly OutboxEntry[]): OutboxEntry[] {
  const settled: OutboxEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const { row } = entry;
    if (!settles(event, row)) continue;
    const isNext =
      row.type === 'message' ||
      entries
        .slice(0, index)
        .every((it) => it.isHalted || settled.includes(it) || !isAbout(it.row, row));
    if (isNext) settled.push(entry);
  }
  return settled;
}

/** Whether a later change says something else about the same. */
export function isOvertaken(entry: OutboxEntry, entries: readonly OutboxEntry[]): boolean {
  const later = entries.slice(entries.indexOf(entry) + 1);
  return later.some(
    // A deletion that may be taken back leaves everything as it is.
    ({ row, sending }) =>
      row.type !== 'message' && sending.state !== 'held' && isAbout(entry.row, row),
  );
}
