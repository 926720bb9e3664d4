const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * The wait before the next attempt, ms: up to 0.5 s after the first failure, doubling to 30 s, with full jitter, so
 * that the clients of a restarted Room do not return all at once. `random` returns 0 to 1.
 */
export function backoffMs(failures: number, random: () => number): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return random() * limit;
}
