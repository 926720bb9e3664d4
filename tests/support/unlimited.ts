/** Lifts the limits of a user, for tests and benchmarks in which few users send as much as many would. */
export const UNLIMITED_PEOPLE = {
  LIMIT_FRAMES_BURST: '1000000',
  LIMIT_FRAMES_PER_SECOND: '1000000',
};

/**
 * Keeps a Room from getting hot on a busy machine. A hot Room moves sockets into memory, where they cannot be evicted, and
 * asks clients to reconnect, which most tests do not.
 */
export const COOL_ROOM = { ROOM_HOT_FRAMES_PER_SECOND: '1000000' };

/** Lifts the limits of a user in a Room that stays cool. */
export const UNLIMITED = { ...UNLIMITED_PEOPLE, ...COOL_ROOM };
