import type { TimelineRow } from '../../../realtime/group-view.ts';
import { momentOf } from '../../../ui/words/moment.ts';

/** Why a message needs a decision of its author, a sentence; undefined if it does not. */
export function whyUnsent(row: TimelineRow): string | undefined {
  if (row.state === 'failed') return `Not sent: ${row.failure.detail}`;
  if (row.state === 'stale') return `Written on ${momentOf(row.createdAt)} and not sent since.`;
  if (row.state !== 'sent' || row.change?.state !== 'failed') return undefined;
  return `Your change was not saved: ${row.change.failure.detail}`;
}
