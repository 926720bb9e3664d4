import { assertNever } from '../../../../protocol/assert-never.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { useCopy } from '../../../ui/use-copy.ts';
import { useConversation } from '../conversation-context.ts';
import { UnsentLine } from './unsent-line.tsx';
import { whyUnsent } from './why-unsent.ts';

/** A message that was not sent as soon as it was written. */
export type UnsentChoiceRow = Exclude<TimelineRow, { state: 'sent' | 'sending' | 'pending' }>;

/** What the author of a message that is not sent yet can do. */
export function UnsentChoice({ row }: { row: UnsentChoiceRow }) {
  const { client } = useConversation();
  switch (row.state) {
    case 'waiting':
      return (
        <UnsentLine text="Waiting for connection">
          <Actions discard="Delete" row={row} />
        </UnsentLine>
      );
    case 'failed':
      return (
        <UnsentLine isAsking text={whyUnsent(row)}>
          <Action label="Retry" onClick={() => client.retry(row.key)} />
          <Actions discard="Delete" row={row} />
        </UnsentLine>
      );
    case 'stale':
      return (
        <UnsentLine isAsking text={whyUnsent(row)}>
          <Action label="Send" onClick={() => client.retry(row.key)} />
          <Actions discard="Discard" row={row} />
        </UnsentLine>
      );
    default:
      return assertNever(row);
  }
}

/** Deletes the message, and may bring its text back to the composer; copies its text. */
function Actions({ row, discard }: { row: UnsentChoiceRow; discard: string }) {
  const { client, giveBack } = useConversation();
  const { state, copy } = useCopy();
  return (
    <>
      <Action label={discard} onClick={() => giveBack(client.discard(row.key) ?? '')} />
      <Action
        label={state === 'copied' ? 'Copied' : 'Copy text'}
        onClick={() => copy(row.content)}
      />
    </>
  );
}

function Action({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      className="min-h-6 rounded-small px-1.5 font-medium text-accent-text underline-offset-2 hover:underline"
      onClick={onClick}
      type="button"
    >
      {label}
    </button>
  );
}
