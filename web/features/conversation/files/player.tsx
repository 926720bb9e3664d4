import { useRef, useState } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { Blurred } from './blurred.tsx';
import { CannotPlay } from './cannot-play.tsx';
import { durationWords } from './file-words.ts';
import { SpeedButton } from './speed-button.tsx';

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

  function choose(chosen: number): void {
    setSpeed(chosen);
    if (media.current) media.current.playbackRate = chosen;
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
  if (isVideo) {
    return (
      <div className="group/media relative size-full bg-neutral-4">
        {metadata.blurhash !== undefined && !hasBegun && <Blurred blurhash={metadata.blurhash} />}
        <video {...common} className="absolute inset-0 size-full" playsInline />
        {src !== undefined && (
          <SpeedButton
            className="absolute end-1.5 top-1.5 bg-overlay text-strong opacity-0 group-hover/media:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
            onChoose={choose}
            speed={speed}
            speeds={SPEEDS}
          />
        )}
        {hasFailed && <CannotPlay />}
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
        <SpeedButton onChoose={choose} speed={speed} speeds={SPEEDS} />
      </div>
      {hasFailed ? <CannotPlay /> : <audio {...common} className="h-10 w-full" />}
    </div>
  );
}
