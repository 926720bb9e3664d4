import { TriangleAlert } from 'lucide-react';
import type { Failure } from '../../../../protocol/errors.ts';
import type { Message } from '../../../../protocol/models.ts';
import { useConversation } from '../conversation-context.ts';
import { retryHelps } from '../files/retry-helps.ts';
import { WithoutFiles } from './unsent-choice.tsx';

const ACTION =
  'min-h-6 rounded-small px-1.5 font-medium text-accent-text underline-offset-2 hover:underline';

/** Says why a change of a message (an edit, a reaction, its deletion) was refused, and what the user can do. */
export function ChangeNotice({
  message: { id, content, attachments },
  failure,
}: {
  /** As it is after the change. */
  message: Message;
  failure: Failure;
}) {
  const { client } = useConversation();
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-1 text-secondary select-none">
      <p className="me-1 flex items-center gap-1.5 text-danger">
        <TriangleAlert aria-hidden="true" className="shrink-0" size={13} />
        Your change was not saved: {failure.detail}
      </p>
      {retryHelps(failure, attachments) && (
        <button className={ACTION} onClick={() => client.retryChange(id)} type="button">
          Retry
        </button>
      )}
      <WithoutFiles content={content} files={attachments} messageId={id} />
      <button className={ACTION} onClick={() => client.dropChange(id)} type="button">
        Drop
      </button>
    </div>
  );
}
