import { Clock3, TriangleAlert } from 'lucide-react';
import { assertNever } from '../../../protocol/assert-never.ts';
import type { TimelineRow } from '../../realtime/room-view.ts';
import { momentOf } from '../../ui/moment.ts';
import { useCopy } from '../../ui/use-copy.ts';
import { useConversation } from './conversation-context.ts';

type UnsentRow = Exclude<TimelineRow, { state: 'sent' }>;

const ACTION =
  'min-h-6 rounded-small px-1.5 font-medium text-accent-text underline-offset-2 hover:underline';

/** How an own message that the server has not acknowledged is doing, under its text. */
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
      return (
        <Question row={row} send="Retry" drop="Delete">
          <TriangleAlert aria-hidden="true" className="shrink-0" size={13} />
          Not sent: {row.failure.detail}
        </Question>
      );
    case 'stale':
      return (
        <Question row={row} send="Send" drop="Discard">
          <Clock3 aria-hidden="true" className="shrink-0" size={13} />
          Written on {momentOf(row.createdAt)} and not sent since.
        </Question>
      );
    default:
      return assertNever(row);
  }
}

function Question({
  row,
  send,
  drop,
  children,
}: {
  row: UnsentRow;
  send: string;
  drop: string;
  children: React.ReactNode;
}) {
  const { client, giveBack } = useConversation();
  const { state, copy } = useCopy();
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-1 text-secondary">
      <p className="mr-1 flex items-center gap-1.5 text-danger" role="alert">
        {children}
      </p>
      <button className={ACTION} onClick={() => client.retry(row.key)} type="button">
        {send}
      </button>
      <button
        className={ACTION}
        onClick={() => giveBack(client.discard(row.key) ?? '')}
        type="button"
      >
        {drop}
      </button>
      <button className={ACTION} onClick={() => copy(row.content)} type="button">
        {state === 'copied' ? 'Copied' : 'Copy text'}
      </button>
    </div>
  );
}
