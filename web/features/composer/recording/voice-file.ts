import { encodeWaveform } from '../../../../protocol/waveform.ts';
import { peaksOf } from './peaks-of.ts';
import { withDuration } from './with-duration.ts';

/** The peaks of a waveform: as many bars as a phone has room for. */
const PEAKS = 64;
/** Enough for the loudness of a voice, and ten minutes of it take 19 MB. */
const DECODED_HZ = 8_000;
const ENDINGS: Readonly<Record<string, string>> = { 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' };

/** A recording as it is attached to a message. */
export interface VoiceFile {
  file: File;
  found: { durationMs: number; waveform?: string };
}

/**
 * Makes a file of a recording that lasted about `lastedMs`. Its exact duration and its waveform come from the decoded sound; one
 * that the browser cannot decode is kept without a waveform.
 */
export async function voiceFile(recorded: Blob, lastedMs: number): Promise<VoiceFile> {
  const type = recorded.type.split(';', 1).join().trim() || 'audio/webm';
  const name = `Voice message.${ENDINGS[type] ?? 'webm'}`;
  const bytes = new Uint8Array(await recorded.arrayBuffer());
  const decoded = await decode(bytes);
  const durationMs = decoded?.durationMs ?? Math.round(lastedMs);
  return {
    file: new File([withDuration(bytes, durationMs)], name, { type }),
    found: { durationMs, ...(decoded && { waveform: decoded.waveform }) },
  };
}

async function decode(
  bytes: Uint8Array,
): Promise<{ durationMs: number; waveform: string } | undefined> {
  try {
    const context = new OfflineAudioContext(1, 1, DECODED_HZ);
    // It takes the buffer away.
    const sound = await context.decodeAudioData(bytes.slice().buffer);
    const waveform = encodeWaveform(peaksOf(sound.getChannelData(0), PEAKS));
    return { durationMs: Math.round(sound.duration * 1_000), waveform };
  } catch {
    return undefined;
  }
}
