import { assertNever } from '../../../protocol/assert-never.ts';
import type { FileReference, Message } from '../../../protocol/models.ts';
import { type ChangeRow, isAbout, type OutboxRow } from '../cache/outbox-row.ts';
import { hasReacted } from '../message.ts';
import type { RowEvent } from '../replica/message-window.ts';
import type { OutboxEntry } from './entry.ts';

/** Whether the message is already as the change wants it. A deleted message cannot be changed. */
export function shows(message: Message, change: ChangeRow): boolean {
  if (message.deletedAt !== undefined) return true;
  switch (change.type) {
    case 'edit':
      return (
        message.content === change.content &&
        (!change.files || idsOf(change.files) === idsOf(message.attachments))
      );
    case 'delete':
      return false;
    case 'reaction':
      return hasReacted(message, change.emoji, change.userId) === (change.op === 'add');
    default:
      return assertNever(change);
  }
}

function idsOf(files: readonly FileReference[] = []): string {
  return files.map(({ id }) => id).join();
}

/** Whether the event acknowledges this row: it contains the message, or the message is now as the change wants it. */
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
 * The entries that the event acknowledges. A change waits for an earlier one of the same thing: the message may look
 * right now, and be changed once more by the earlier one, which is still in flight.
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

/** Whether a later change replaces this one. */
export function isOvertaken(entry: OutboxEntry, entries: readonly OutboxEntry[]): boolean {
  const later = entries.slice(entries.indexOf(entry) + 1);
  return later.some(
    // A deletion that can still be undone replaces nothing.
    ({ row, sending }) =>
      row.type !== 'message' && sending.state !== 'held' && isAbout(entry.row, row),
  );
}
