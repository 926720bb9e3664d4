import {
  draggable,
  dropTargetForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Pencil, RotateCcw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../protocol/errors.ts';
import type { FileReference } from '../../../../protocol/models.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';
import { decodeWaveform } from '../../../../protocol/waveform.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { type UploadView, uploads } from '../../../realtime/uploads/uploads.ts';
import { classes } from '../../../ui/classes.ts';
import { Bars } from '../../conversation/files/bars.tsx';
import { isVisual } from '../../conversation/files/file-boxes.tsx';
import { fileIcon } from '../../conversation/files/file-icon.ts';
import { durationWords, typeWords } from '../../conversation/files/file-words.ts';
import { ProgressLine } from '../../conversation/files/progress-line.tsx';
import { retryHelps } from '../../conversation/files/retry-helps.ts';
import { TileSound } from './tile-sound.tsx';

const KIND = 'composer-file';
const BUTTON =
  'grid size-7 place-items-center rounded-small bg-overlay text-default shadow-field hover:text-strong';

/** A file that is to be sent: its preview, how far its upload is, and what can be done with it. */
export function ComposerTile({
  file,
  view,
  index,
  count,
  onMove,
  onDrop,
  onDescribe,
  onRemove,
}: {
  file: FileReference;
  view: UploadView | undefined;
  /** Its place among the `count` files. */
  index: number;
  count: number;
  onMove: (to: number) => void;
  /** Another tile was dropped on this one. */
  onDrop: (from: number, to: number) => void;
  onDescribe: () => void;
  onRemove: () => void;
}) {
  const tile = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  /** It was moved with the keyboard: another place in the page takes the focus from it. */
  const isMoved = useRef(false);
  const [isOver, setOver] = useState(false);
  const [isDragged, setDragged] = useState(false);
  const { name, metadata } = file;
  const failure = view?.state === 'failed' ? view.failure : undefined;

  useEffect(() => {
    const element = tile.current;
    if (!element || count < 2) return;
    const stops = [
      draggable({
        element,
        getInitialData: () => ({ kind: KIND, index }),
        onDragStart: () => setDragged(true),
        onDrop: () => setDragged(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['kind'] === KIND && source.element !== element,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          const from = source.data['index'];
          if (typeof from === 'number') onDrop(from, index);
        },
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [index, count, onDrop]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it has moved when its place is another one.
  useEffect(() => {
    if (isMoved.current) handle.current?.focus();
    isMoved.current = false;
  }, [index]);

  return (
    <li
      aria-label={name}
      className={classes(
        'group/tile relative flex w-36 flex-col overflow-hidden rounded-card bg-raised shadow-field',
        isOver && 'outline-2 outline-accent-text',
        isDragged && 'opacity-50',
      )}
      ref={tile}
    >
      <button
        aria-label={`Name and description of ${name}${count > 1 ? '. Alt and an arrow key move it' : ''}`}
        className="relative grid h-20 w-full place-items-center overflow-hidden bg-neutral-3 focus-visible:-outline-offset-2"
        onClick={onDescribe}
        onKeyDown={(event) => {
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (step === undefined || !event.altKey) return;
          event.preventDefault();
          isMoved.current = true;
          onMove(index + step);
        }}
        ref={handle}
        title={metadata.alt ?? name}
        type="button"
      >
        <Preview file={file} />
        {metadata.alt !== undefined && (
          <span className="absolute start-1 bottom-1 rounded-small bg-overlay px-1 text-meta font-semibold text-strong">
            ALT
          </span>
        )}
        <span className="absolute start-1 top-1 hidden size-6 place-items-center rounded-small bg-overlay text-strong group-hover/tile:grid">
          <Pencil aria-hidden="true" size={13} />
        </span>
      </button>
      {file.type.startsWith('audio') && <TileSound file={file} />}
      <button
        aria-label={view?.state === 'uploading' ? `Cancel the upload of ${name}` : `Remove ${name}`}
        className={classes(BUTTON, 'absolute end-1 top-1')}
        onClick={onRemove}
        title={view?.state === 'uploading' ? 'Cancel' : 'Remove'}
        type="button"
      >
        <X aria-hidden="true" size={15} />
      </button>
      <ProgressLine view={view} />
      <div className="min-w-0 px-2 py-1.5">
        <p className="truncate text-meta font-medium text-strong" title={name}>
          <bdi>{name}</bdi>
        </p>
        {failure ? (
          <UploadFailure failure={failure} file={file} />
        ) : (
          <p className="truncate text-meta text-muted tabular-nums">{progressWords(file, view)}</p>
        )}
      </div>
    </li>
  );
}

function Preview({ file }: { file: FileReference }) {
  const { id, type, url, metadata } = file;
  const [hasFailed, setFailed] = useState(false);
  const Icon = fileIcon(type);
  const src = previewOf(id) ?? (url === '' ? undefined : `${url}?w=320`);
  if (metadata.waveform !== undefined) {
    return (
      <span className="h-9 w-full px-2 text-neutral-8">
        <Bars peaks={decodeWaveform(metadata.waveform)} />
      </span>
    );
  }
  if (src === undefined || hasFailed || !isVisual(type)) {
    return <Icon aria-hidden="true" className="text-accent-text" size={30} strokeWidth={1.5} />;
  }
  if (type.startsWith('video')) {
    return <video className="size-full object-cover" muted preload="metadata" src={src} />;
  }
  return (
    <img
      alt=""
      className="size-full object-cover"
      draggable={false}
      height={metadata.height}
      onError={() => setFailed(true)}
      src={src}
      width={metadata.width}
    />
  );
}

function UploadFailure({ file, failure }: { file: FileReference; failure: Failure }) {
  return (
    <>
      <p className="text-meta text-danger" role="alert">
        {failure.detail}
      </p>
      {retryHelps(failure, [file]) && (
        <button
          aria-label={`Retry the upload of ${file.name}`}
          className="flex min-h-6 items-center gap-1 text-meta font-medium text-accent-text hover:underline"
          onClick={() => uploads.retry(file.id)}
          type="button"
        >
          <RotateCcw aria-hidden="true" size={12} /> Retry
        </button>
      )}
    </>
  );
}

function progressWords(file: FileReference, view: UploadView | undefined): string {
  const { size, url, metadata } = file;
  switch (view?.state) {
    case 'preparing':
      return 'Preparing…';
    case 'waiting':
      return view.isOffline ? 'Waiting for connection' : 'Waiting…';
    case 'uploading': {
      const speed = view.bytesPerSecond === 0 ? '' : ` · ${sizeInWords(view.bytesPerSecond)}/s`;
      const percent = view.size === 0 ? 100 : Math.floor((view.sent / view.size) * 100);
      return `${percent} %${speed}`;
    }
    default:
      if (url === '') return 'Waiting…';
      return metadata.waveform === undefined
        ? `${typeWords(file)} · ${sizeInWords(size)}`
        : `${durationWords(metadata.durationMs ?? 0)} · ${sizeInWords(size)}`;
  }
}
