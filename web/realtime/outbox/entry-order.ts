import { isAbout } from '../cache/outbox-row.ts';
import type { RowEvent } from '../replica/row-event.ts';
import type { OutboxEntry } from './entry.ts';
import { settles } from './settles.ts';

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
