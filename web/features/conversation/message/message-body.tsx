import { Pin } from 'lucide-react';
import { lazy, use, useMemo } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { classes } from '../../../ui/classes.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { momentOf } from '../../../ui/words/moment.ts';
import { useConversation } from '../conversation-context.ts';
import { EditFormContext } from '../edit-form-context.ts';
import { FileBoxes } from '../files/file-boxes.tsx';
import { Markdown } from '../markdown/markdown.tsx';
import { PeopleContext } from '../people-context.ts';
import { RECEIPT_LINE } from './receipt-class.ts';
import { UnsentNotice } from './unsent-notice.tsx';

const ChangeNotice = lazy(() =>
  import('./change-notice.tsx').then((file) => ({ default: file.ChangeNotice })),
);
const MessageFiles = lazy(() =>
  import('../files/message-files.tsx').then((file) => ({ default: file.MessageFiles })),
);
const Reactions = lazy(() =>
  import('../reactions/reactions.tsx').then((file) => ({ default: file.Reactions })),
);
const ReceiptLine = lazy(() =>
  import('./receipt-line.tsx').then((file) => ({ default: file.ReceiptLine })),
);
const RepliedTo = lazy(() =>
  import('./replied-to.tsx').then((file) => ({ default: file.RepliedTo })),
);
const ThreadSummary = lazy(() =>
  import('./thread-summary.tsx').then((file) => ({ default: file.ThreadSummary })),
);

/**
 * The body of a message: its text or the form that edits it, its reactions, receipt and notices. The text of a pending
 * message stays the same element when it is acknowledged.
 */
export function MessageBody({
  row,
  isEditing,
  onEdited,
}: {
  row: TimelineRow;
  isEditing: boolean;
  onEdited: () => void;
}) {
  const message = row.state === 'sent' ? row.message : undefined;
  const EditForm = use(EditFormContext);
  const isInTimeline = useConversation().parentId === null;
  const { parentId: rootId } = row.state === 'sent' ? row.message : row;
  if (message?.deletedAt !== undefined) {
    return (
      <>
        <p className="text-muted italic">Message deleted</p>
        <Replies message={message} />
      </>
    );
  }
  const text = <Text row={row} />;
  const files = row.state === 'sent' ? row.message.attachments : row.files;
  return (
    <>
      {isInTimeline && rootId !== undefined && (
        <Late fallback={<div className="h-6" />}>
          <RepliedTo held={row.root} replyId={row.key} rootId={rootId} />
        </Late>
      )}
      {message?.pinnedAt !== undefined && <PinnedBy userId={message.pinnedBy} />}
      {message && isEditing && EditForm ? (
        <Late fallback={text}>
          <EditForm message={message} onDone={onEdited} />
        </Late>
      ) : (
        text
      )}
      {files && !isEditing && (
        <Late fallback={<FileBoxes files={files} />}>
          <MessageFiles files={files} messageId={row.key} />
        </Late>
      )}
      {row.state === 'sent' ? <BelowSent row={row} /> : <UnsentNotice row={row} />}
    </>
  );
}

function Text({ row }: { row: TimelineRow }) {
  const { content, edited, updatedAt }: Pick<Message, 'content' | 'edited' | 'updatedAt'> =
    row.state === 'sent' ? row.message : row;
  // The same element until it changes: with a new one the text would be read again.
  const end = useMemo(
    () => (edited === true ? <Edited at={updatedAt} /> : undefined),
    [edited, updatedAt],
  );
  return (
    <div className={classes('transition-opacity', isDim(row) && 'opacity-60')}>
      <Markdown content={content} end={end} />
    </div>
  );
}

/** Whether a message looks as if it might not arrive. */
function isDim(row: TimelineRow): boolean {
  return row.state === 'failed' || row.state === 'stale' || (row.state === 'waiting' && row.isLong);
}

function BelowSent({
  row: { message, change, receipt },
}: {
  row: TimelineRow & { state: 'sent' };
}) {
  return (
    <>
      {change?.state === 'failed' && (
        <Late>
          <ChangeNotice failure={change.failure} message={message} />
        </Late>
      )}
      {message.reactions && message.reactions.length > 0 && (
        // The line of the pills is reserved while their code loads.
        <Late fallback={<div className="mt-1 h-6" />}>
          <Reactions message={message} />
        </Late>
      )}
      <Replies message={message} />
      {receipt && (
        <Late fallback={<p className={RECEIPT_LINE} />}>
          <ReceiptLine receipt={receipt} />
        </Late>
      )}
    </>
  );
}

/** The thread of a root in the timeline. Its line is reserved while the code of the summary loads. */
function Replies({ message }: { message: Message }) {
  const { parentId } = useConversation();
  if (!message.replyCount || parentId !== null) return null;
  return (
    <Late fallback={<div className="mt-1 h-8" />}>
      <ThreadSummary message={message} />
    </Late>
  );
}

function PinnedBy({ userId }: { userId: string | undefined }) {
  const { userOf } = use(PeopleContext);
  const name = userId === undefined ? undefined : userOf(userId)?.name;
  return (
    // Without a header above it, it must not look like the end of the message before.
    <p className="flex items-center gap-1 text-meta text-muted select-none first:mt-1.5">
      <Pin aria-hidden="true" className="shrink-0" size={12} />
      <span className="truncate">
        Pinned by <bdi>{name ?? 'someone'}</bdi>
      </span>
    </p>
  );
}

/** `at` is unknown until the server has acknowledged the edit. */
function Edited({ at }: { at: number | undefined }) {
  return (
    <bdi
      className="text-meta font-normal text-muted"
      {...(at !== undefined && { title: momentOf(at) })}
    >
      (edited)
    </bdi>
  );
}
