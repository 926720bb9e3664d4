import { useState } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { arrivalsAfter, newestSeq } from './use-arrivals.ts';

/** How many messages of others came below what the reader looks at, while `isAway` from the end. */
export function useUnseen(rows: readonly TimelineRow[], me: string, isAway: boolean): number {
  const newest = newestSeq(rows);
  const [seen, setSeen] = useState(newest);
  // At the end everything is seen; derived while rendering, so that no frame shows an old count.
  // Older rows than those are another place, or none while it is loaded.
  if (!isAway && newest > seen) setSeen(newest);
  return isAway ? arrivalsAfter(rows, seen, me).length : 0;
}
