import { heldForMs, isStale, type OutboxRow } from '../cache/outbox-row.ts';
import { OutboxEntry, type Sending } from './entry.ts';

/**
 * Brings the entries of this tab to what is stored, after another tab wrote there: what it dropped goes, what it wrote or
 * retried is taken up and not sent before `notBefore`. What this tab has not stored yet stays.
 */
export function adoptRows(
  entries: readonly OutboxEntry[],
  rows: readonly OutboxRow[],
  now: number,
  notBefore: number,
): OutboxEntry[] {
  const stored = new Map(rows.map((row) => [row.id, row]));
  const kept = entries.filter((entry) => {
    const row = stored.get(entry.row.id);
    if (row) adopt(entry, row, now, notBefore);
    else if (entry.stored) entry.end();
    return row !== undefined || !entry.stored;
  });
  const known = new Set(kept.map((entry) => entry.row.id));
  const added = rows.filter((row) => !known.has(row.id));
  return [
    ...kept,
    ...added.map((row) => new OutboxEntry(row, standing(row, now, notBefore), true)),
  ];
}

/**
 * Where a stored row stands when it is taken up: refused, too old, or waiting until `notBefore`. What is held waits longer,
 * because another tab may still offer to take it back.
 */
export function standing(row: OutboxRow, now: number, notBefore: number): Sending {
  if (row.failure) return { state: 'refused', failure: row.failure };
  if (isStale(row, now)) return { state: 'stale' };
  return { state: 'waiting', notBefore: notBefore + heldForMs(row, now) };
}

function adopt(entry: OutboxEntry, row: OutboxRow, now: number, notBefore: number): void {
  const isSame =
    row.queuedAt === entry.row.queuedAt && row.failure?.code === entry.row.failure?.code;
  if (isSame) return;
  entry.row = row;
  entry.become(standing(row, now, notBefore));
}
