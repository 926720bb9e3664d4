import { expect, test } from 'vitest';
import { peaksOf } from '../../../../web/features/composer/recording/peaks-of.ts';

test('each piece has its loudest sample, and the loudest piece is full', () => {
  const samples = new Float32Array([0.1, -0.4, 0.2, 0.1, 0, 0, -0.8, 0.3]);
  const peaks = peaksOf(samples, 4);
  for (const [n, peak] of [0.5, 0.25, 0, 1].entries()) expect(peaks[n]).toBeCloseTo(peak);
});

test('every sample belongs to a piece when they do not divide evenly', () => {
  const samples = new Float32Array(101);
  samples[100] = 1;
  expect(peaksOf(samples, 64).at(-1)).toBe(1);
});

test('the noise of a silent room stays low', () => {
  const peaks = peaksOf(new Float32Array(640).fill(0.001), 64);
  expect(Math.max(...peaks)).toBeLessThan(0.05);
});

test('fewer samples than pieces are no failure', () => {
  expect(peaksOf(new Float32Array([]), 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(peaksOf(new Float32Array([1, 1]), 8)).toHaveLength(8);
});
