import { ImageOff } from 'lucide-react';
import { lazy, useRef, useState } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { fileSession } from '../../../api/file-session.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { classes } from '../../../ui/classes.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { Blurred } from './blurred.tsx';
import { sourcesOf } from './sources-of.ts';

const loadLightbox = () => import('./lightbox.tsx');
const Lightbox = lazy(() => loadLightbox().then((file) => ({ default: file.Lightbox })));

/** A picture in a message. It opens the lightbox. */
export function Picture({
  file,
  isOnly,
  isReady,
}: {
  file: FileReference;
  isOnly: boolean;
  /** The browser may fetch files. */
  isReady: boolean;
}) {
  const { name, metadata } = file;
  const session = useSignedIn();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  /** How often it could not be loaded. */
  const [failures, setFailures] = useState(0);
  // What was chosen on this page is shown from here: the same picture, before and after it is sent.
  const preview = previewOf(file.id);
  const source = preview === undefined ? sourcesOf(file) : { src: preview };
  const isShown = preview !== undefined || (isReady && file.url !== '');

  async function failed(): Promise<void> {
    // The first time the cookie may have ended.
    if (failures === 0 && preview === undefined) await fileSession(session, { fresh: true });
    setFailures(failures + 1);
  }

  if (failures > 1 || (failures > 0 && preview !== undefined)) {
    return <Gone name={name} onRetry={() => setFailures(1)} />;
  }
  return (
    <>
      <button
        aria-label={`Open picture: ${metadata.alt ?? name}`}
        className="relative block size-full cursor-zoom-in bg-neutral-4 focus-visible:-outline-offset-2"
        onClick={() => setOpen(true)}
        onFocus={loadLightbox}
        onPointerEnter={loadLightbox}
        ref={button}
        title={metadata.alt ?? name}
        type="button"
      >
        {metadata.blurhash !== undefined && !isLoaded && <Blurred blurhash={metadata.blurhash} />}
        {isShown && (
          <img
            alt=""
            className={classes(
              'absolute inset-0 size-full',
              isOnly ? 'object-contain' : 'object-cover',
            )}
            decoding="async"
            draggable={false}
            key={failures}
            onError={() => void failed()}
            onLoad={() => setLoaded(true)}
            sizes={isOnly ? '360px' : '150px'}
            {...source}
          />
        )}
      </button>
      {isOpen && (
        <Late>
          <Lightbox file={file} onClose={() => setOpen(false)} />
        </Late>
      )}
    </>
  );
}

function Gone({ name, onRetry }: { name: string; onRetry: () => void }) {
  return (
    <div className="flex size-full flex-col items-center justify-center gap-1 overflow-hidden bg-neutral-3 p-2 text-center text-meta text-muted">
      <ImageOff aria-hidden="true" className="shrink-0" size={16} />
      <p className="line-clamp-2">
        <bdi>{name}</bdi> cannot be loaded. It may have been deleted.
      </p>
      <button
        className="min-h-6 px-1.5 font-medium text-accent-text hover:underline"
        onClick={onRetry}
        type="button"
      >
        Retry
      </button>
    </div>
  );
}
