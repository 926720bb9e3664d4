/** Random choices that repeat for the same seed. */
export interface SeededRandom {
  /** From 0 up to but not including 1. */
  next(): number;
  /** An integer from 0 up to but not including `end`. */
  below(end: number): number;
  /** True with this probability, 0 to 1. */
  chance(share: number): boolean;
  /** A random item; undefined if there are none. */
  pick<T>(items: readonly T[]): T | undefined;
  /** A random item; throws if there are none. */
  one<T>(items: readonly T[]): T;
}

/** Starts a mulberry32 sequence, which is good enough for tests only. */
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
