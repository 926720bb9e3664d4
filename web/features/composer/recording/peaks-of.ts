/** What is quieter than this is a pause, and is not drawn as loud because the whole recording is quiet. */
const QUIETEST_FULL = 0.05;

/** The loudest sample of each of `count` equal pieces, from 0 to 1: 1 is the loudest of all. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const peaks = Array.from({ length: count }, (_, piece) => {
    const from = Math.floor((piece * samples.length) / count);
    const to = Math.floor(((piece + 1) * samples.length) / count);
    let loudest = 0;
    for (let n = from; n < to; n += 1) loudest = Math.max(loudest, Math.abs(samples[n] ?? 0));
    return loudest;
  });
  const full = Math.max(QUIETEST_FULL, ...peaks);
  return peaks.map((peak) => peak / full);
}
