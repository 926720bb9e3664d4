/** For tests and benchmarks in which few people say as much as many would: the limits of one person would be all that is met. */
export const UNLIMITED_PEOPLE = {
  LIMIT_FRAMES_BURST: '1000000',
  LIMIT_FRAMES_PER_SECOND: '1000000',
};

/**
 * The same where the Room has to stay cool. A hot one would move their sockets into memory, from where it cannot be
 * evicted, and ask them to come back, which not all of them do.
 */
export const UNLIMITED = { ...UNLIMITED_PEOPLE, ROOM_HOT_FRAMES_PER_SECOND: '1000000' };
