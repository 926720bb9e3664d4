import { lazy } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { RECEIPT_LINE } from './receipt-class.ts';

/** Loads what stands below a message that waits. The page does it after its first frame: without a network it would be too late. */
export const loadUnsentChoice = () =>
  import('./unsent-choice.tsx').then((file) => ({ default: file.UnsentChoice }));
const UnsentChoice = lazy(loadUnsentChoice);

/**
 * The state of a pending message, under its text, and what its author can do. It stands in the line of the receipt that
 * follows it, and that line is there from the first frame.
 */
export function UnsentNotice({ row }: { row: Exclude<TimelineRow, { state: 'sent' }> }) {
  const line = row.hasReceipt ? <p className={RECEIPT_LINE} /> : null;
  if (row.state === 'sending') return line;
  return (
    <Late fallback={line}>
      <UnsentChoice row={row} />
    </Late>
  );
}
