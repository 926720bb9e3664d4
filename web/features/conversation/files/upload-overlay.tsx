import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { keepFiles } from '../../../realtime/uploads/upload-message.ts';
import { uploads } from '../../../realtime/uploads/uploads.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { useConversation } from '../conversation-context.ts';
import { ProgressLine } from './progress-line.tsx';

/** The progress of a file of a message that is not sent, and the button that takes it out. */
export function UploadOverlay({ file, messageId }: { file: FileReference; messageId: string }) {
  const { groupId } = useConversation();
  const session = useSignedIn();
  useSyncExternalStore(uploads.subscribe, uploads.getVersion);
  const view = uploads.view(file.id);

  function takeOut(): void {
    uploads.remove({ session, groupId }, file);
    keepFiles(messageId, ({ id }) => id !== file.id);
  }

  return (
    <>
      <button
        aria-label={`Take out ${file.name}`}
        className="absolute end-1 top-1 grid size-7 place-items-center rounded-pill bg-overlay text-strong shadow-field hover:text-danger"
        onClick={takeOut}
        title="Take out"
        type="button"
      >
        <X aria-hidden="true" size={15} />
      </button>
      <div className="absolute inset-x-0 bottom-0">
        <ProgressLine view={view} />
      </div>
    </>
  );
}
