import { Clock3 } from 'lucide-react';
import { lazy } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { Late } from '../../../ui/overlays/late.tsx';

const UnsentQuestion = lazy(() =>
  import('./unsent-question.tsx').then((file) => ({ default: file.UnsentQuestion })),
);

type UnsentRow = Exclude<TimelineRow, { state: 'sent' }>;

/** The state of a pending message, under its text. */
export function UnsentNotice({ row }: { row: UnsentRow }) {
  switch (row.state) {
    case 'sending':
      return null;
    case 'pending':
      return (
        <p className="flex items-center gap-1.5 text-meta text-muted">
          <Clock3 aria-hidden="true" size={12} /> Sending…
        </p>
      );
    case 'failed':
    case 'stale':
      return (
        <Late>
          <UnsentQuestion row={row} />
        </Late>
      );
    default:
      return assertNever(row);
  }
}
