import { useRef, useState } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { classes } from '../../../ui/classes.ts';
import { Blurred } from './blurred.tsx';
import { durationWords } from './file-words.ts';

const SPEEDS = [1, 1.5, 2, 0.5];

/** A video or a sound, played in place with the browser's own controls: seeking, volume, keyboard. */
export function Player({ file, isReady }: { file: FileReference; isReady: boolean }) {
  const { name, size, type, url, metadata } = file;
  const isVideo = type.startsWith('video');
  const media = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [speed, setSpeed] = useState(1);
  const [hasBegun, setBegun] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const preview = previewOf(file.id);
  const src = preview ?? (isReady && url !== '' ? url : undefined);
  const label = metadata.alt ?? name;

  function faster(): void {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    if (media.current) media.current.playbackRate = next;
  }

  const common = {
    'aria-label': label,
    controls: true,
    onError: () => setFailed(true),
    onPlay: () => setBegun(true),
    preload: 'metadata',
    ref: media,
    src,
  } as const;
  const button = (
    <button
      aria-label={`Speed: ${speed} times`}
      className={classes(
        'min-h-6 rounded-small px-1.5 text-meta font-semibold tabular-nums',
        isVideo
          ? 'absolute end-1.5 top-1.5 bg-overlay text-strong opacity-0 group-hover/media:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100'
          : 'text-muted hover:bg-hover hover:text-strong',
      )}
      onClick={faster}
      title="Speed"
      type="button"
    >
      {speed}×
    </button>
  );
  if (isVideo) {
    return (
      <div className="group/media relative size-full bg-neutral-4">
        {metadata.blurhash !== undefined && !hasBegun && <Blurred blurhash={metadata.blurhash} />}
        <video {...common} className="absolute inset-0 size-full" playsInline />
        {src !== undefined && button}
        {hasFailed && <Failed />}
      </div>
    );
  }
  return (
    <div className="flex size-full flex-col justify-between rounded-card bg-raised p-2 inset-ring-1 inset-ring-line">
      <div className="flex items-center gap-2 text-secondary">
        <bdi className="min-w-0 flex-1 truncate font-medium text-strong" title={name}>
          {name}
        </bdi>
        <span className="shrink-0 text-meta text-muted tabular-nums">
          {metadata.durationMs === undefined
            ? sizeInWords(size)
            : durationWords(metadata.durationMs)}
        </span>
        {button}
      </div>
      {hasFailed ? <Failed /> : <audio {...common} className="h-10 w-full" />}
    </div>
  );
}

function Failed() {
  return (
    <p className="p-2 text-meta text-muted">
      It cannot be played here. It may have been deleted, or be of a kind that this browser does not
      know.
    </p>
  );
}
