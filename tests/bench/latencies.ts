/** Latencies, counted in steps of a millisecond so that millions of them cost nothing. */
export interface Latencies {
  add(ms: number): void;
  /** The latency in ms that this share of all latencies is below. */
  quantile(share: number): number;
}

/** Longer latencies count as this. */
const LONGEST_MS = 60_000;

/** Starts to count. */
export function countLatencies(): Latencies {
  const counts = new Uint32Array(LONGEST_MS + 1);
  let total = 0;
  return {
    add(ms) {
      const at = Math.min(Math.max(Math.ceil(ms), 0), LONGEST_MS);
      counts[at] = (counts[at] ?? 0) + 1;
      total++;
    },
    quantile(share) {
      let seen = 0;
      for (const [ms, count] of counts.entries()) {
        seen += count;
        if (seen >= total * share) return ms;
      }
      return LONGEST_MS;
    },
  };
}
