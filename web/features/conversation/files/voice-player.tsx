import { Pause, Play } from 'lucide-react';
import { type KeyboardEvent, useMemo } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { decodeWaveform } from '../../../../protocol/waveform.ts';
import { previewOf } from '../../../realtime/uploads/previews.ts';
import { Bars } from './bars.tsx';
import { CannotPlay } from './cannot-play.tsx';
import { durationWords } from './file-words.ts';
import { passedWords } from './passed-words.ts';
import { SpeedButton } from './speed-button.tsx';
import { usePlayback } from './use-playback.ts';
import { useVoiceSpeed, VOICE_SPEEDS } from './voice-speed.ts';

/** How far an arrow key goes, ms. */
const STEP_MS = 2_000;
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -STEP_MS,
  ArrowDown: -STEP_MS,
  ArrowRight: STEP_MS,
  ArrowUp: STEP_MS,
};

/** A voice message: its waveform, which is also where it is sought in, and its speed. */
export function VoicePlayer({ file, isReady }: { file: FileReference; isReady: boolean }) {
  const { id, name, url, metadata } = file;
  const { waveform = '', durationMs = 0 } = metadata;
  const src = previewOf(id) ?? (isReady && url !== '' ? url : undefined);
  const [speed, setSpeed] = useVoiceSpeed();
  const { audio, isPlaying, hasFailed, positionMs, toggle, seek } = usePlayback(src, speed);
  const peaks = useMemo(() => decodeWaveform(waveform), [waveform]);
  const part = durationMs === 0 ? 0 : Math.min(1, positionMs / durationMs);
  const time = `${passedWords(positionMs)} of ${durationWords(durationMs)}`;

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    seek(Math.max(0, Math.min(durationMs, positionMs + step)));
  }

  return (
    <fieldset
      className="flex size-full min-w-0 items-center gap-2.5 rounded-card bg-raised px-2.5 inset-ring-1 inset-ring-line"
      // A sound goes on from left to right in every language.
      dir="ltr"
    >
      <legend className="sr-only">{name}</legend>
      <audio {...audio} />
      <button
        aria-label={isPlaying ? 'Pause' : 'Play'}
        className="grid size-10 shrink-0 place-items-center rounded-pill bg-accent text-on-accent hover:bg-accent-hover disabled:opacity-50"
        disabled={src === undefined || hasFailed}
        onClick={toggle}
        title={isPlaying ? 'Pause' : 'Play'}
        type="button"
      >
        {isPlaying ? <Pause aria-hidden="true" size={18} /> : <Play aria-hidden="true" size={18} />}
      </button>
      {hasFailed ? (
        <CannotPlay />
      ) : (
        <>
          <div className="min-w-0 flex-1">
            <div className="relative h-9 rounded-small has-focus-visible:outline-2 has-focus-visible:outline-accent-text">
              <div className="absolute inset-0 text-neutral-8">
                <Bars peaks={peaks} />
              </div>
              <div className="absolute inset-0 text-accent-text">
                <Bars clip={`inset(0 ${((1 - part) * 100).toFixed(2)}% 0 0)`} peaks={peaks} />
              </div>
              <input
                aria-label="Position"
                aria-valuetext={time}
                className="absolute inset-0 size-full cursor-pointer opacity-0"
                disabled={src === undefined}
                max={durationMs}
                min={0}
                onChange={({ target }) => seek(target.valueAsNumber)}
                onKeyDown={onKeyDown}
                step="any"
                type="range"
                value={Math.min(durationMs, positionMs)}
              />
            </div>
            <p aria-hidden="true" className="text-meta text-muted tabular-nums">
              {isPlaying || positionMs > 0
                ? `${passedWords(positionMs)} / ${durationWords(durationMs)}`
                : durationWords(durationMs)}
            </p>
          </div>
          <SpeedButton onChoose={setSpeed} speed={speed} speeds={VOICE_SPEEDS} />
        </>
      )}
    </fieldset>
  );
}
