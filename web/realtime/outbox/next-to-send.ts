import type { OutboxEntry } from './entry.ts';

/** Which entry is next: none, one that is due, or one at a later time (ms UTC). */
type Turn =
  | { state: 'none' }
  | { state: 'now'; entry: OutboxEntry }
  | { state: 'later'; at: number };

/**
 * Chooses the next entry: the first that is stored and waiting, if none is in flight, so that messages arrive in the
 * order they were written. None is due before `pausedUntil`.
 */
export function nextToSend(
  entries: readonly OutboxEntry[],
  now: number,
  pausedUntil: number,
): Turn {
  if (entries.some((entry) => entry.sending.state === 'in-flight')) return { state: 'none' };
  const due = entries.flatMap((entry) =>
    entry.stored && entry.sending.state === 'waiting'
      ? [{ entry, at: Math.max(entry.sending.notBefore, pausedUntil) }]
      : [],
  );
  const next = due.find(({ at }) => at <= now);
  if (next) return { state: 'now', entry: next.entry };
  if (due.length === 0) return { state: 'none' };
  return { state: 'later', at: Math.min(...due.map(({ at }) => at)) };
}
