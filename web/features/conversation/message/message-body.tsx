import { Pin } from 'lucide-react';
import { lazy, use } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { momentOf } from '../../../ui/words/moment.ts';
import { EditFormContext } from '../edit-form-context.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { PeopleContext } from '../people-context.ts';
import { Reactions } from '../reactions/reactions.tsx';
import { ReceiptLine } from './receipt-line.tsx';
import { ThreadSummary } from './thread-summary.tsx';

const ChangeNotice = lazy(() =>
  import('./change-notice.tsx').then((file) => ({ default: file.ChangeNotice })),
);

/** The body of a sent message: its text or the form that edits it, its reactions, receipts and notices. */
export function MessageBody({
  row,
  isEditing,
  onEdited,
}: {
  row: TimelineRow & { state: 'sent' };
  isEditing: boolean;
  onEdited: () => void;
}) {
  const { message, change, receipt } = row;
  const EditForm = use(EditFormContext);
  if (message.deletedAt !== undefined) {
    return (
      <>
        <p className="text-muted italic">Message deleted</p>
        <ThreadSummary message={message} />
      </>
    );
  }
  return (
    <>
      {message.pinnedAt !== undefined && <PinnedBy userId={message.pinnedBy} />}
      {isEditing && EditForm ? (
        <Late fallback={<Text message={message} />}>
          <EditForm message={message} onDone={onEdited} />
        </Late>
      ) : (
        <Text message={message} />
      )}
      {change?.state === 'failed' && (
        <Late>
          <ChangeNotice failure={change.failure} id={message.id} />
        </Late>
      )}
      <Reactions message={message} />
      <ThreadSummary message={message} />
      {receipt && <ReceiptLine receipt={receipt} />}
    </>
  );
}

function Text({ message }: { message: Message }) {
  return (
    <>
      <Markdown content={message.content} />
      {message.edited === true && <Edited at={message.updatedAt} />}
    </>
  );
}

function PinnedBy({ userId }: { userId: string | undefined }) {
  const { userOf } = use(PeopleContext);
  const name = userId === undefined ? undefined : userOf(userId)?.name;
  return (
    <p className="flex items-center gap-1 text-meta text-muted">
      <Pin aria-hidden="true" size={12} /> Pinned by {name ?? 'someone'}
    </p>
  );
}

/** `at` is unknown until the server has acknowledged the edit. */
function Edited({ at }: { at: number | undefined }) {
  return (
    <p className="w-fit text-meta text-muted" {...(at !== undefined && { title: momentOf(at) })}>
      (edited)
    </p>
  );
}
