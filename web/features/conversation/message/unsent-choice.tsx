import { Clock3, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { assertNever } from '../../../../protocol/assert-never.ts';
import type { FileReference } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { classes } from '../../../ui/classes.ts';
import { useCopy } from '../../../ui/use-copy.ts';
import { useConversation } from '../conversation-context.ts';
import { retryHelps } from '../files/retry-helps.ts';
import { RECEIPT_LINE } from './receipt-class.ts';
import { whyUnsent } from './why-unsent.ts';

/** A message that was not acknowledged as soon as it was written. */
export type UnsentChoiceRow = Exclude<TimelineRow, { state: 'sent' | 'sending' }>;

/** What a message waits for, or why it was not sent, and what its author can do. */
export function UnsentChoice({ row }: { row: UnsentChoiceRow }) {
  const { client } = useConversation();
  switch (row.state) {
    case 'pending':
      return <UnsentLine text="Sending…" />;
    case 'uploading':
      return (
        <UnsentLine text="Uploading…">
          <Actions discard="Delete" row={row} />
        </UnsentLine>
      );
    case 'waiting':
      return (
        <UnsentLine text="Waiting for connection">
          <Actions discard="Delete" row={row} />
        </UnsentLine>
      );
    case 'failed':
      return (
        <UnsentLine isAsking text={whyUnsent(row)}>
          {retryHelps(row.failure, row.files) && (
            <Action label="Retry" onClick={() => client.retry(row.key)} />
          )}
          <WithoutFiles content={row.content} files={row.files} messageId={row.key} />
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

function UnsentLine({
  text,
  isAsking = false,
  children,
}: {
  text: string | undefined;
  /** It needs a decision. */
  isAsking?: boolean;
  children?: ReactNode;
}) {
  const Icon = isAsking ? TriangleAlert : Clock3;
  return (
    <div className={classes(RECEIPT_LINE, 'flex-wrap', isAsking && 'text-secondary')}>
      <p className={classes('me-1 flex items-center gap-1', isAsking && 'text-danger')}>
        <Icon aria-hidden="true" className="shrink-0" size={13} /> {text}
      </p>
      {children}
    </div>
  );
}

/** Sends a message or an edit without the files that were not uploaded. */
export function WithoutFiles({
  messageId,
  content,
  files = [],
}: {
  messageId: string;
  content: string;
  files: readonly FileReference[] | undefined;
}) {
  const uploaded = files.filter(({ url }) => url !== '');
  if (uploaded.length === files.length || (uploaded.length === 0 && content === '')) return null;
  const label = files.length - uploaded.length === 1 ? 'Send without it' : 'Send without them';
  return (
    <Action
      label={label}
      onClick={() => {
        void import('../../../realtime/uploads/upload-message.ts').then(({ keepFiles }) =>
          keepFiles(messageId, ({ url }) => url !== ''),
        );
      }}
    />
  );
}

/** Deletes the message, and may bring its text back to the composer; copies its text. */
function Actions({ row, discard }: { row: UnsentChoiceRow; discard: string }) {
  const { client, giveBack } = useConversation();
  const { state, copy } = useCopy();
  return (
    <>
      <Action label={discard} onClick={() => giveBack(client.discard(row.key) ?? '', row.files)} />
      {row.content !== '' && (
        <Action
          label={state === 'copied' ? 'Copied' : 'Copy text'}
          onClick={() => copy(row.content)}
        />
      )}
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
