import { Mic } from 'lucide-react';
import { lazy, type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { watchForgottenDrafts } from '../../../realtime/drafts.ts';
import { useSignedIn } from '../../../session/use-session.ts';
import { classes } from '../../../ui/classes.ts';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Late } from '../../../ui/overlays/late.tsx';
import { TOUCH, useMedia } from '../../../ui/use-media.ts';
import type { Draft } from '../draft.ts';
import type { Recording } from './recording.ts';

const loadBar = () => import('./recording-bar.tsx');
const RecordingBar = lazy(() => loadBar().then((file) => ({ default: file.RecordingBar })));
const loadRecorder = () => import('./record-voice.ts');

/** Records a voice message for a draft. Absent where the browser cannot record: without HTTPS it has no microphone. */
export function RecordButton({
  draft,
  groupId,
  parentId,
  field,
}: {
  draft: Draft;
  groupId: string;
  parentId: string | null;
  /** Takes the focus when the recording is over. */
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const session = useSignedIn();
  const isTouch = useMedia(TOUCH);
  const text = useSyncExternalStore(draft.subscribe, draft.getText);
  const [recording, setRecording] = useState<Recording>();
  const [hasFailed, setFailed] = useState(false);
  const last = useRef<Recording>(undefined);
  const isHere = useRef(false);

  useEffect(() => {
    const { userId } = session;
    isHere.current = true;
    // What belongs to a group that is deleted from this machine is not stored after that.
    const unwatch = watchForgottenDrafts({ userId, groupId }, () => last.current?.cancel());
    return () => {
      isHere.current = false;
      unwatch();
      // Who leaves the group finds what was recorded in its draft.
      void last.current?.stop();
      last.current = undefined;
    };
  }, [session, groupId]);

  if (!('MediaRecorder' in window && 'mediaDevices' in navigator)) return null;

  async function toggle(): Promise<void> {
    if (recording) return await recording.stop();
    const recorder = await loadRecorder().catch(() => undefined);
    setFailed(!recorder);
    if (!recorder || last.current || !isHere.current) return;
    last.current = recorder.recordVoice({ session, groupId }, draft);
    setRecording(last.current);
  }

  function preload(): void {
    void loadBar().catch(() => undefined);
    void loadRecorder().catch(() => undefined);
  }

  function close(): void {
    last.current = undefined;
    setRecording(undefined);
    // On a phone the keyboard would cover the messages.
    if (!isTouch) field.current?.focus();
  }

  // Where there is little room it gives way to the text.
  const hidden = parentId === null ? 'max-desktop:hidden' : 'hidden';
  return (
    <>
      <IconButton
        aria-pressed={recording !== undefined}
        className={classes(recording ? 'text-danger!' : text !== '' && hidden)}
        label="Record a voice message"
        onClick={() => void toggle()}
        onFocus={preload}
        onPointerEnter={preload}
      >
        <Mic aria-hidden="true" size={18} />
      </IconButton>
      {hasFailed && (
        <div className="absolute inset-x-0 bottom-full mb-1.5">
          <Notice>The recorder could not be loaded. Check your connection, then try again.</Notice>
        </div>
      )}
      {recording && (
        <Late>
          <RecordingBar onClose={close} recording={recording} />
        </Late>
      )}
    </>
  );
}
