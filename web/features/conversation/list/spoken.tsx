import { use } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { whyUnsent } from '../message/why-unsent.ts';
import { PeopleContext } from '../people-context.ts';
import { announcement } from './announcement.ts';
import type { Arrival } from './use-arrivals.ts';

/**
 * The announcements of a list for screen readers: new messages of others, and failures of mine. A live region on the list
 * itself would announce each message that scrolls in. Each announcement is a separate node, because a repeated text in the
 * same node is not announced.
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
