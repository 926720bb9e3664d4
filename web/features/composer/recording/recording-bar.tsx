import { Check, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Bars } from '../../conversation/files/bars.tsx';
import { passedWords } from '../../conversation/files/passed-words.ts';
import { type Recording, VOICE_MESSAGE_MS } from './recording.ts';

/** How often the level is measured, ms, and how many of the latest levels are shown. */
const MEASURED_EVERY_MS = 100;
const LEVELS = 48;
/** From here on the bar counts down, ms. */
const ENDING_MS = 30_000;

/** Above the composer: how long the recording is and how loud, with its end; or why there is none. */
export function RecordingBar({
  recording,
  onClose,
}: {
  recording: Recording;
  onClose: () => void;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const view = useSyncExternalStore(recording.subscribe, recording.getView);
  const { state } = view;
  const note = view.state === 'over' ? view.note : undefined;
  const isOver = state === 'over' && note === undefined;

  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);

  useEffect(() => {
    if (state !== 'recording') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [state]);

  useEffect(() => {
    const form = bar.current?.closest('form');
    if (!form) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (key !== 'Escape' || event.isComposing) return;
      // It closes the list of suggestions first.
      if (target instanceof Element && target.hasAttribute('aria-activedescendant')) return;
      event.preventDefault();
      event.stopPropagation();
      recording.cancel();
      if (recording.getView().state === 'over') onClose();
    };
    // Before the field, whose Escape means something else.
    form.addEventListener('keydown', onKeyDown, { capture: true });
    return () => form.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [recording, onClose]);

  return (
    <div
      className="absolute inset-x-0 bottom-full z-10 mb-1.5 flex min-h-12 animate-fade items-center gap-1 rounded-card bg-overlay p-1.5 shadow-overlay"
      ref={bar}
    >
      <p className="sr-only" role="status">
        {state === 'recording' && 'Recording'}
      </p>
      {note === undefined ? (
        <>
          <IconButton label="Discard the recording" onClick={() => recording.cancel()}>
            <Trash2 aria-hidden="true" size={18} />
          </IconButton>
          {view.state === 'recording' ? (
            <Meter recording={recording} startedAt={view.startedAt} />
          ) : (
            <p className="flex-1 px-1 text-secondary text-default">
              {state === 'asking' ? 'Allow the use of the microphone…' : 'Saving the recording…'}
            </p>
          )}
          {state === 'recording' && (
            <IconButton
              autoFocus
              className="bg-accent text-on-accent hover:bg-accent-hover hover:text-on-accent"
              label="Stop and attach the recording"
              onClick={() => void recording.stop()}
            >
              <Check aria-hidden="true" size={18} />
            </IconButton>
          )}
        </>
      ) : (
        <>
          <div className="min-w-0 flex-1">
            <Notice>{note}</Notice>
          </div>
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden="true" size={18} />
          </IconButton>
        </>
      )}
    </div>
  );
}

function Meter({ recording, startedAt }: { recording: Recording; startedAt: number }) {
  const [levels, setLevels] = useState<readonly number[]>(() => Array(LEVELS).fill(0));
  const [lastedMs, setLasted] = useState(0);

  useEffect(() => {
    const timer = setInterval(() => {
      setLevels((before) => [...before.slice(1), recording.level()]);
      setLasted(performance.now() - startedAt);
    }, MEASURED_EVERY_MS);
    return () => clearInterval(timer);
  }, [recording, startedAt]);

  const leftMs = VOICE_MESSAGE_MS - lastedMs;
  return (
    <>
      <span
        aria-hidden="true"
        className="ms-1 size-2.5 shrink-0 rounded-pill bg-danger-fill motion-safe:animate-shimmer"
      />
      <p className="min-w-10 px-1 text-secondary font-medium text-strong tabular-nums" role="timer">
        {passedWords(lastedMs)}
      </p>
      <div aria-hidden="true" className="h-8 min-w-0 flex-1 text-accent-text">
        <Bars peaks={levels} />
      </div>
      {leftMs <= ENDING_MS && (
        <p className="shrink-0 px-1 text-meta text-danger tabular-nums">
          {Math.max(0, Math.ceil(leftMs / 1_000))} s left
        </p>
      )}
    </>
  );
}
