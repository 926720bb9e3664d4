import type { OutboxEntry } from './entry.ts';

/** Whose turn it is: nobody's, somebody's now, or somebody's at a time (ms UTC). */
type Turn =
  | { state: 'nobody' }
  | { state: 'now'; entry: OutboxEntry }
  | { state: 'later'; at: number };

/**
 * Which message goes out next: the first that is stored and waits, and only while none is in flight, so that messages
 * arrive in the order they were written. Before `pausedUntil` none goes out.
 */
export function nextToSend(
  entries: readonly OutboxEntry[],
  now: number,
  pausedUntil: number,
): Turn {
  if (entries.some((entry) => entry.sending.state === 'in-flight')) return { state: 'nobody' };
  const due = entries.flatMap((entry) =>
    entry.stored && entry.sending.state === 'waiting'
      ? [{ entry, at: Math.max(entry.sending.notBefore, pausedUntil) }]
      : [],
  );
  const next = due.find(({ at }) => at <= now);
  if (next) return { state: 'now', entry: next.entry };
  if (due.length === 0) return { state: 'nobody' };
  return { state: 'later', at: Math.min(...due.map(({ at }) => at)) };
}
