import { lazy } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import type { Arrival } from './use-arrivals.ts';

const SpokenArrivals = lazy(() =>
  import('./announcement.tsx').then((file) => ({ default: file.SpokenArrivals })),
);
const SpokenFailures = lazy(() =>
  import('./announcement.tsx').then((file) => ({ default: file.SpokenFailures })),
);

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
  return (
    <div className="sr-only">
      <div aria-live="polite">
        {arrivals.length > 0 && (
          <Late>
            <SpokenArrivals arrivals={arrivals} />
          </Late>
        )}
      </div>
      <div aria-live="assertive" aria-relevant="additions">
        {rows.some((row) => row.state !== 'sent' || row.change) && (
          <Late>
            <SpokenFailures rows={rows} />
          </Late>
        )}
      </div>
    </div>
  );
}
