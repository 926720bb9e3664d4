import type { OutboxEntry, PendingChange, UnsentMessage } from './entry.ts';

/** What an outbox shows: replaced as a whole when anything in it changes. */
export interface OutboxView {
  /** Unsent messages in the order they were written. */
  unsent: readonly UnsentMessage[];
  /** My unacknowledged changes by the id of their message. A list without changes stays the same object. */
  changes: ReadonlyMap<string, readonly PendingChange[]>;
  /** The messages whose deletion I can still undo, in the order I deleted them. */
  held: readonly string[];
}

/** The view of an empty outbox. */
export const EMPTY_OUTBOX_VIEW: OutboxView = { unsent: [], changes: new Map(), held: [] };

/** Builds the view of these entries. `last` is the previous view. */
export function buildOutboxView(entries: readonly OutboxEntry[], last: OutboxView): OutboxView {
  const changes = new Map<string, PendingChange[]>();
  for (const entry of entries) {
    const change = entry.change();
    if (!change) continue;
    const { messageId } = change.row;
    changes.set(messageId, [...(changes.get(messageId) ?? []), change]);
  }
  return {
    unsent: entries.flatMap((entry) => entry.unsent() ?? []),
    changes: new Map(
      [...changes].map(([id, list]) => {
        const before = last.changes.get(id);
        return [id, before && isSame(before, list) ? before : list];
      }),
    ),
    held: entries.flatMap(({ row, sending }) =>
      row.type !== 'message' && sending.state === 'held' ? [row.messageId] : [],
    ),
  };
}

function isSame(a: readonly PendingChange[], b: readonly PendingChange[]): boolean {
  return a.length === b.length && a.every((change, n) => change === b[n]);
}
