import type { ReactNode } from 'react';
import type { TimelineRow } from '../../realtime/room-view.ts';
import { useCopy } from '../../ui/use-copy.ts';
import { useConversation } from './conversation-context.ts';

const ACTION =
  'min-h-6 rounded-small px-1.5 font-medium text-accent-text underline-offset-2 hover:underline';

/** What to do with an own message that was not sent: `send` it, `drop` it, or copy its text. `children` say why. */
export function UnsentQuestion({
  row,
  send,
  drop,
  children,
}: {
  row: Exclude<TimelineRow, { state: 'sent' }>;
  send: string;
  drop: string;
  children: ReactNode;
}) {
  const { client, giveBack } = useConversation();
  const { state, copy } = useCopy();
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-1 text-secondary">
      <p className="mr-1 flex items-center gap-1.5 text-danger">{children}</p>
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
