import { ATTACHMENTS_PER_MESSAGE } from '../../../../protocol/limits.ts';
import { type UploadPlace, uploads } from '../../../realtime/uploads/uploads.ts';
import { pausePlaying } from '../../conversation/files/use-playback.ts';
import type { Draft } from '../draft.ts';
import { holdPlace } from './held-place.ts';
import { openMicrophone } from './open-microphone.ts';
import { Recording } from './recording.ts';
import { voiceFile } from './voice-file.ts';

/** Begins to record a voice message, which becomes a file of this draft: also if its composer is closed until then. */
export function recordVoice(place: UploadPlace, draft: Draft): Recording {
  const recording = new Recording({
    now: () => performance.now(),
    async open(ended) {
      if (draft.getFiles().length >= ATTACHMENTS_PER_MESSAGE) {
        const why = `A message can have ${ATTACHMENTS_PER_MESSAGE} files. Send these first.`;
        return { ok: false, why };
      }
      // The microphone would hear it.
      pausePlaying();
      return await openMicrophone(ended);
    },
    async keep(recorded, lastedMs) {
      const { file, found } = await voiceFile(recorded, lastedMs);
      draft.attach([...draft.getFiles(), ...uploads.add(place, [file], found)]);
    },
  });
  holdPlace(draft, recording);
  void recording.begin();
  return recording;
}
