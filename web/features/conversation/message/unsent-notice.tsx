import { lazy } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { RECEIPT_LINE } from './receipt-line.tsx';
import { UnsentLine } from './unsent-line.tsx';

// The service worker has it by the time that a message cannot be sent.
const UnsentChoice = lazy(() =>
  import('./unsent-choice.tsx').then((file) => ({ default: file.UnsentChoice })),
);

/**
 * The state of a pending message, under its text, and what its author can do. It stands in the line of the receipt that
 * follows it, and that line is there from the first frame.
 */
export function UnsentNotice({ row }: { row: Exclude<TimelineRow, { state: 'sent' }> }) {
  switch (row.state) {
    case 'sending':
      return row.hasReceipt ? <p className={RECEIPT_LINE} /> : null;
    case 'pending':
      return <UnsentLine text="Sending…" />;
    default:
      return (
        <Late fallback={<p className={RECEIPT_LINE} />}>
          <UnsentChoice row={row} />
        </Late>
      );
  }
}
