import { expect, test } from 'vitest';
import { FileHints } from '../../../protocol/file-requests.ts';
import { decodeWaveform, encodeWaveform, Waveform } from '../../../protocol/waveform.ts';

test('a waveform has a digit for each peak, from silence to the loudest', () => {
  expect(encodeWaveform([0, 1, 0.5, 0.01])).toBe('A_gB');
});

test('the peaks of a waveform come back within a digit', () => {
  const peaks = [0, 0.2, 0.7, 1, 0.33, 0.9, 0.05, 0.5];
  const back = decodeWaveform(encodeWaveform(peaks));
  expect(back).toHaveLength(8);
  for (const [n, peak] of peaks.entries()) expect(back[n]).toBeCloseTo(peak, 1);
});

test.each([
  ['AAAAAAAA', true],
  ['_'.repeat(64), true],
  ['a-_9'.repeat(32), true],
  ['AAAAAAA', false],
  ['A'.repeat(129), false],
  ['AAAA AAAA', false],
  ['AAAAAAAä', false],
  ['', false],
])('%j is a waveform: %s', (text, isOne) => {
  expect(Waveform.safeParse(text).success).toBe(isOne);
  expect(FileHints.safeParse({ waveform: text }).success).toBe(isOne);
});
