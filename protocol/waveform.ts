import * as z from 'zod/mini';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LOUDEST = DIGITS.length - 1;

/**
 * How loud a voice message is, in equal pieces from its beginning to its end: for each a digit of base64url, from `A` for silence
 * to `_` for the loudest piece.
 */
export const Waveform = z
  .string()
  .check(z.regex(/^[\w-]{8,128}$/, { error: 'must be 8 to 128 digits of base64url' }));

/** The waveform of these peaks, each from 0 to 1. */
export function encodeWaveform(peaks: readonly number[]): string {
  return peaks.map((peak) => DIGITS[Math.round(peak * LOUDEST)] ?? '').join('');
}

/** The peaks of a waveform, each from 0 to 1. */
export function decodeWaveform(waveform: string): number[] {
  return [...waveform].map((digit) => Math.max(0, DIGITS.indexOf(digit)) / LOUDEST);
}
