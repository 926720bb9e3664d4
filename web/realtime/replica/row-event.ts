import { assertNever } from '../../../protocol/assert-never.ts';
import type { Message, ThreadSummary } from '../../../protocol/models.ts';
import type { DurableEvent } from '../../../protocol/server-events.ts';
import { react } from '../message.ts';
import type { MessageWindow } from './message-window.ts';

/** A change of message rows: an event, or a whole row at its own `rev`. */
export type RowEvent =
  | Extract<
      DurableEvent,
      { type: 'message' | 'message_update' | 'message_delete' | 'reaction_update' }
    >
  | { type: 'row'; message: Message };

/** Applies an event to the held rows. A row changes only if the event's rev is above its own. */
export function applyTo(window: MessageWindow, event: RowEvent): void {
  switch (event.type) {
    case 'row':
    case 'message_update':
      window.merge(event.message);
      return;
    case 'message':
      window.merge(event.message);
      summarise(window, event.rev, event.parent);
      return;
    case 'message_delete':
      window.change(event.id, event.rev, (row) => erased(row, event.deletedAt));
      summarise(window, event.rev, event.parent);
      return;
    case 'reaction_update':
      window.change(event.id, event.rev, (row) => react(row, event));
      return;
    default:
      assertNever(event);
  }
}

/** Updates the root of a reply that was created or deleted. */
function summarise(window: MessageWindow, rev: number, parent: ThreadSummary | undefined): void {
  if (!parent) return;
  const { id, ...summary } = parent;
  window.change(id, rev, ({ replyCount: _, lastReplyAt: __, replyUserIds: ___, ...row }) =>
    summary.replyCount > 0 ? { ...row, ...summary } : row,
  );
}

/** What the Room leaves of a deleted message: its seq, its author and its thread. */
function erased(row: Message, deletedAt: number): Message {
  const { edited: _, reactions: __, mentions: ___, pinnedAt: ____, pinnedBy: _____, ...rest } = row;
  return { ...rest, content: '', updatedAt: deletedAt, deletedAt };
}
