import { useEffect, useState } from 'react';
import type { Message, User } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';

/** A message of somebody else that came while the group was shown. */
export interface Arrival {
  message: Message;
  author: User | undefined;
}

/** The highest place in the group that is shown. */
export function newestSeq(rows: readonly TimelineRow[]): number {
  // From the end: rows lie in the order of `seq`, and only the own ones after them have none.
  const newest = rows.findLast((row) => row.state === 'sent');
  return newest?.state === 'sent' ? newest.message.seq : 0;
}

/** What others wrote after the place `seq`, oldest first; lines of the Room are none. */
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
 * What came since the last time something came, while the newest messages were shown. Empty at first, because history is
 * none of it; nor is what is loaded while an older place is shown (`hasAfter`), or on the way back from there.
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

/** How many messages of others came below what the reader looks at, while `isAway` from the end. */
export function useUnseen(rows: readonly TimelineRow[], me: string, isAway: boolean): number {
  const newest = newestSeq(rows);
  const [seen, setSeen] = useState(newest);
  // At the end everything is seen; derived while rendering, so that no frame shows an old count.
  // Older rows than those are another place, or none while it is loaded.
  if (!isAway && newest > seen) setSeen(newest);
  return isAway ? arrivalsAfter(rows, seen, me).length : 0;
}
