/**
 * For tests that say more than people do. A hot Room would move their sockets into memory, from where it cannot be
 * evicted, and ask them to come back, which not all of them do.
 */
export const UNLIMITED = {
  LIMIT_FRAMES_BURST: '100000',
  LIMIT_FRAMES_PER_SECOND: '100000',
  ROOM_HOT_FRAMES_PER_SECOND: '100000',
};
