/** Random choices that are the same again for the same seed. */
export interface SeededRandom {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  /** True as often as `share` says, 1 being always. */
  chance(share: number): boolean;
  /** One of these; undefined if there are none. */
  pick<T>(items: readonly T[]): T | undefined;
  /** One of these; throws if there are none. */
  one<T>(items: readonly T[]): T;
}

/** Starts a sequence: mulberry32, which is enough for tests and nothing else. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  const pick = <T>(items: readonly T[]) => items[below(items.length)];
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick,
    one: <T>(items: readonly T[]): T => {
      const [chosen] = items.slice(below(items.length));
      if (chosen === undefined) throw new Error('there is nothing to choose from');
      return chosen;
    },
  };
}
