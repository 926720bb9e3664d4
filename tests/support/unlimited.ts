/** Lifts the limits of a user, for tests and benchmarks in which few users send as much as many would. */
export const UNLIMITED_PEOPLE = {
  LIMIT_FRAMES_BURST: '1000000',
  LIMIT_FRAMES_PER_SECOND: '1000000',
  LIMIT_PEOPLE_ADDED_PER_HOUR: '1000000',
  LIMIT_INVITES_PER_HOUR: '1000000',
  LIMIT_JOINS_PER_HOUR: '1000000',
  LIMIT_PROFILE_CHANGES_PER_HOUR: '1000000',
};

/** Lifts the limits of new groups: most tests create their own, and all of a suite in the name of the same few people. */
export const UNLIMITED_GROUPS = {
  LIMIT_GROUPS_PER_HOUR: '1000000',
  LIMIT_DIRECT_GROUPS_PER_HOUR: '1000000',
};

/** A Room stores cursors at once, and brings them to D1 soon: tests evict Rooms right after something was read. */
export const SOON_SETTLED = { ROOM_COLLECT_CURSORS_MS: '20', ROOM_SETTLE_MS: '2000' };

/**
 * Keeps a Room from becoming hot. A hot Room closes sockets with 4503 and moves their clients to in-memory sockets, which
 * cannot be evicted; on a busy machine, delayed frames arrive together and a suite that sends little reaches the limit.
 */
export const NEVER_HOT = { ROOM_HOT_FRAMES_PER_SECOND: '1000000' };
