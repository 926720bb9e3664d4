import { use } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { whyUnsent } from '../message/why-unsent.ts';
import { PeopleContext } from '../people-context.ts';
import { announcement } from './announcement.ts';
import type { Arrival } from './use-arrivals.ts';

/**
 * What a screen reader says of the list: what others wrote, and what of mine was not taken. It is said from here, because
 * rows also come and go as one scrolls, and would be said each time. Each saying is a node of its own: a text that is the
 * same as the one before changes nothing, and nobody would hear it.
 */
export function Spoken({
  arrivals,
  rows,
}: {
  arrivals: readonly Arrival[];
  rows: readonly TimelineRow[];
}) {
  const { userOf } = use(PeopleContext);
  const newest = arrivals.at(-1);
  return (
    <div className="sr-only">
      <div aria-live="polite">
        {newest && <p key={newest.message.id}>{announcement(arrivals, userOf)}</p>}
      </div>
      <div aria-live="assertive" aria-relevant="additions">
        {rows.map((row) => {
          const why = whyUnsent(row);
          return why === undefined ? null : <p key={`${row.key} ${why}`}>{why}</p>;
        })}
      </div>
    </div>
  );
}
