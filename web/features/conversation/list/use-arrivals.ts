import { useEffect, useState } from 'react';
import type { Message, User } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';

/** A message of another user that arrived while the group was shown. */
export interface Arrival {
  message: Message;
  author: User | undefined;
}

/** The highest `seq` in the list; 0 without messages. */
export function newestSeq(rows: readonly TimelineRow[]): number {
  // Searched from the end: rows are in the order of `seq`, followed by pending messages without one.
  const newest = rows.findLast((row) => row.state === 'sent');
  return newest?.state === 'sent' ? newest.message.seq : 0;
}

/** The messages of others after `seq`, oldest first, without system messages. */
export function arrivalsAfter(rows: readonly TimelineRow[], seq: number, me: string): Arrival[] {
  const arrivals: Arrival[] = [];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.state !== 'sent') continue;
    if (row.message.seq <= seq) break;
    if (row.message.userId === me || row.message.system) continue;
    arrivals.push({ message: row.message, author: row.author });
  }
  return arrivals.reverse();
}

/**
 * The latest messages of others that arrived while the newest messages were shown. Empty at first: history does not arrive,
 * nor do messages that load while older ones are shown (`hasAfter`) or on the way back from them.
 */
export function useArrivals(
  rows: readonly TimelineRow[],
  { me, hasAfter }: { me: string; hasAfter: boolean },
): readonly Arrival[] {
  const [seen, setSeen] = useState(() => ({ seq: newestSeq(rows), wasElsewhere: hasAfter }));
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  useEffect(() => {
    const seq = newestSeq(rows);
    if (seq <= seen.seq && hasAfter === seen.wasElsewhere) return;
    setSeen({ seq: Math.max(seq, seen.seq), wasElsewhere: hasAfter });
    if (hasAfter || seen.wasElsewhere) return;
    const fresh = arrivalsAfter(rows, seen.seq, me);
    if (fresh.length > 0) setArrivals(fresh);
  }, [rows, seen, me, hasAfter]);
  return arrivals;
}

/** The number of messages of others that arrived below the view, while it `isAway` from the end. */
export function useUnseen(rows: readonly TimelineRow[], me: string, isAway: boolean): number {
  const newest = newestSeq(rows);
  const [seen, setSeen] = useState(newest);
  // At the end everything is seen. Derived while rendering, so that no frame shows an old count.
  // A lower `newest` belongs to older messages, or to none while they load.
  if (!isAway && newest > seen) setSeen(newest);
  return isAway ? arrivalsAfter(rows, seen, me).length : 0;
}
