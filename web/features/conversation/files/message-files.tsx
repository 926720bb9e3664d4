import { lazy } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { BOX, boxOf, isVisual } from './file-boxes.tsx';
import { useFileSession } from './file-session.ts';
import { FileTile } from './file-tile.tsx';
import { Picture } from './picture.tsx';
import { Player } from './player.tsx';
import { VoicePlayer } from './voice-player.tsx';

const UploadOverlay = lazy(() =>
  import('./upload-overlay.tsx').then((file) => ({ default: file.UploadOverlay })),
);

/** The files of a message. Each has the box that was reserved for it, so that nothing moves when it is loaded. */
export function MessageFiles({
  files,
  messageId,
}: {
  files: readonly FileReference[];
  messageId: string;
}) {
  const isReady = useFileSession();
  const isOnly = files.length === 1;
  return (
    <ul aria-label={files.length === 1 ? 'File' : 'Files'} className="mt-1 flex flex-wrap gap-1">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the uploaded file takes the place of the chosen one, in the same element.
        <li className={BOX} key={index} style={boxOf(file, isOnly)}>
          <Shown file={file} isOnly={isOnly} isReady={isReady} />
          {file.url === '' && (
            <Late>
              <UploadOverlay file={file} messageId={messageId} />
            </Late>
          )}
        </li>
      ))}
    </ul>
  );
}

function Shown({
  file,
  isOnly,
  isReady,
}: {
  file: FileReference;
  isOnly: boolean;
  isReady: boolean;
}) {
  const { type, metadata } = file;
  if (isVisual(type) && type.startsWith('image')) {
    return <Picture file={file} isOnly={isOnly} isReady={isReady} />;
  }
  if (type.startsWith('audio') && metadata.waveform !== undefined) {
    return <VoicePlayer file={file} isReady={isReady} />;
  }
  if (/^(?:video|audio)\//.test(type)) return <Player file={file} isReady={isReady} />;
  return <FileTile file={file} isReady={isReady} />;
}
