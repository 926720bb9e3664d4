import { heldForMs, isStale, type OutboxRow } from '../cache/outbox-row.ts';
import { OutboxEntry, type Sending } from './entry.ts';

/**
 * Brings this tab's entries in line with the stored rows, after another tab changed those: drops removed entries, and
 * adds new and retried ones, which are not sent before `notBefore`. Entries that this tab has not stored yet stay.
 */
export function adoptRows(
  entries: readonly OutboxEntry[],
  rows: readonly OutboxRow[],
  now: number,
  notBefore: number,
): OutboxEntry[] {
  const stored = new Map(rows.map((row) => [row.id, row]));
  const remaining = entries.filter((entry) => {
    const row = stored.get(entry.row.id);
    if (row) adopt(entry, row, now, notBefore);
    else if (entry.stored) entry.end();
    return row !== undefined || !entry.stored;
  });
  const known = new Set(remaining.map((entry) => entry.row.id));
  const added = rows.filter((row) => !known.has(row.id));
  return [
    ...remaining,
    ...added.map((row) => new OutboxEntry(row, loadedState(row, now, notBefore), true)),
  ];
}

/**
 * The state of a stored row when it is loaded: refused, stale, or waiting until `notBefore`. A held deletion waits
 * longer, because another tab may still offer to undo it.
 */
export function loadedState(row: OutboxRow, now: number, notBefore: number): Sending {
  if (row.failure) return { state: 'refused', failure: row.failure };
  if (isStale(row, now)) return { state: 'stale' };
  return { state: 'waiting', notBefore: notBefore + heldForMs(row, now) };
}

function adopt(entry: OutboxEntry, row: OutboxRow, now: number, notBefore: number): void {
  const isSame =
    row.queuedAt === entry.row.queuedAt && row.failure?.code === entry.row.failure?.code;
  if (isSame) return;
  entry.row = row;
  entry.become(loadedState(row, now, notBefore));
}
