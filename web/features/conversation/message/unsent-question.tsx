import { Clock3, TriangleAlert } from 'lucide-react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { useCopy } from '../../../ui/use-copy.ts';
import { useConversation } from '../conversation-context.ts';
import { whyUnsent } from './why-unsent.ts';

const ACTION =
  'min-h-6 rounded-small px-1.5 font-medium text-accent-text underline-offset-2 hover:underline';

/** Says why a message was not sent, and offers to send it, to discard it, or to copy its text. */
export function UnsentQuestion({ row }: { row: Exclude<TimelineRow, { state: 'sent' }> }) {
  const { client, giveBack } = useConversation();
  const { state, copy } = useCopy();
  const hasFailed = row.state === 'failed';
  const Icon = hasFailed ? TriangleAlert : Clock3;
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-1 text-secondary">
      <p className="mr-1 flex items-center gap-1.5 text-danger">
        <Icon aria-hidden="true" className="shrink-0" size={13} />
        {whyUnsent(row)}
      </p>
      <button className={ACTION} onClick={() => client.retry(row.key)} type="button">
        {hasFailed ? 'Retry' : 'Send'}
      </button>
      <button
        className={ACTION}
        onClick={() => giveBack(client.discard(row.key) ?? '')}
        type="button"
      >
        {hasFailed ? 'Delete' : 'Discard'}
      </button>
      <button className={ACTION} onClick={() => copy(row.content)} type="button">
        {state === 'copied' ? 'Copied' : 'Copy text'}
      </button>
    </div>
  );
}
