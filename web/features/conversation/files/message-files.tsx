import { lazy, useCallback, useState } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { useFileSession } from '../../../api/file-session.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { BOX, boxOf, hasOnePicture, isText, isVisual } from './file-boxes.tsx';
import { FileTile } from './file-tile.tsx';
import { Picture } from './picture.tsx';
import { Player } from './player.tsx';
import { VoicePlayer } from './voice-player.tsx';

const UploadOverlay = lazy(() =>
  import('./upload-overlay.tsx').then((file) => ({ default: file.UploadOverlay })),
);

const TextFile = lazy(() => import('./text-file.tsx').then((file) => ({ default: file.TextFile })));

/** The files of a message. Each has the box that was reserved for it, so that nothing moves when it is loaded. */
export function MessageFiles({
  files,
  messageId,
}: {
  files: readonly FileReference[];
  messageId: string;
}) {
  const isReady = useFileSession();
  const isOnly = hasOnePicture(files);
  return (
    <ul aria-label={files.length === 1 ? 'File' : 'Files'} className="mt-1 flex flex-wrap gap-1">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the uploaded file takes the place of the chosen one, in the same element.
        <Item file={file} isOnly={isOnly} isReady={isReady} key={index} messageId={messageId} />
      ))}
    </ul>
  );
}

interface ItemProps {
  file: FileReference;
  /** It is the only picture of its message. */
  isOnly: boolean;
  /** The browser may fetch files. */
  isReady: boolean;
}

function Item({ messageId, ...shown }: ItemProps & { messageId: string }) {
  const { file, isOnly } = shown;
  const [isOpen, setOpen] = useState(false);
  // What is uploaded here grows when its text is there: an empty box would be of no use before.
  const [isRead, setRead] = useState(file.url !== '');
  const onRead = useCallback(() => setRead(true), []);
  const box = boxOf(file, isOnly, isRead);
  return (
    <li className={BOX} style={isOpen ? { ...box, height: 'auto', maxHeight: '70dvh' } : box}>
      <Shown {...shown} isOpen={isOpen} onRead={onRead} onToggle={() => setOpen(!isOpen)} />
      {file.url === '' && (
        <Late>
          <UploadOverlay file={file} messageId={messageId} />
        </Late>
      )}
    </li>
  );
}

function Shown({
  file,
  isOnly,
  isReady,
  ...open
}: ItemProps & { isOpen: boolean; onRead: () => void; onToggle: () => void }) {
  const { type, size, metadata } = file;
  if (isVisual(type) && type.startsWith('image')) {
    return <Picture file={file} isOnly={isOnly} isReady={isReady} />;
  }
  if (type.startsWith('audio') && metadata.waveform !== undefined) {
    return <VoicePlayer file={file} isReady={isReady} />;
  }
  if (/^(?:video|audio)\//.test(type)) return <Player file={file} isReady={isReady} />;
  const tile = <FileTile file={file} isReady={isReady} />;
  if (!isText(type, size)) return tile;
  return (
    <Late fallback={tile}>
      <TextFile file={file} isReady={isReady} {...open} />
    </Late>
  );
}
