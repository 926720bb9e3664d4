import { whyNoMicrophone } from './microphone-words.ts';
import type { Microphone, OpenedMicrophone } from './recording.ts';

/** The first that the browser can record: WebM in Chromium and Firefox, MP4 in Safari. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
/** Opus is clear for a voice at this rate; ten minutes are 2.4 MB. */
const BITS_PER_SECOND = 32_000;
/** The samples of one look at the loudness: 43 ms at 48 kHz. */
const LOOKED_AT = 2_048;
/** A voice at the usual distance has about this root mean square. It is shown as full. */
const LOUD = 0.25;

/** Asks for the microphone and records it. Calls `ended` if it is unplugged, or the permission is taken back. */
export async function openMicrophone(ended: () => void): Promise<OpenedMicrophone> {
  let stream: MediaStream | undefined;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    return { ok: true, microphone: recordedFrom(stream, ended) };
  } catch (error) {
    if (stream) letGo(stream);
    return { ok: false, why: whyNoMicrophone(error instanceof Error ? error.name : '') };
  }
}

function recordedFrom(stream: MediaStream, ended: () => void): Microphone {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS_PER_SECOND,
    ...(mimeType !== undefined && { mimeType }),
  });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  // Without its tracks the recorder stops by itself.
  for (const track of stream.getTracks()) track.onended = ended;
  const meter = meterOf(stream);
  recorder.start();

  function release(): void {
    if (recorder.state !== 'inactive') recorder.stop();
    letGo(stream);
    meter.close();
  }
  return {
    level: meter.level,
    async stop() {
      release();
      await stopped;
      return new Blob(parts, { type: recorder.mimeType });
    },
    discard: release,
  };
}

/** The browser shows that a page listens as long as it has a track. */
function letGo(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function meterOf(stream: MediaStream) {
  const context = new AudioContext();
  // Safari starts it only for a click, which may be long ago.
  void context.resume();
  const analyser = new AnalyserNode(context, { fftSize: LOOKED_AT });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(LOOKED_AT);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, it) => sum + it * it, 0) / LOOKED_AT;
      return Math.min(1, Math.sqrt(power) / LOUD);
    },
    close: () => void context.close(),
  };
}
