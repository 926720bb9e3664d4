/** Every number of the contract (protocol.md, "Limits"). Sizes in characters or bytes as named, times in ms. */

export const MESSAGE_CHARACTERS = 8_000;
export const FRAME_BYTES = 64 * 1024;
export const GROUP_NAME_CHARACTERS = 80;
export const GROUP_TOPIC_CHARACTERS = 250;
export const GROUP_MEMBERS = 10_000;
export const SOCKETS_PER_USER_PER_GROUP = 10;

/** A user's frames in one group: this many at once, and then so many a second. The Worker vars LIMIT_FRAMES_BURST and LIMIT_FRAMES_PER_SECOND win. */
export const FRAMES_BURST = 30;
export const FRAMES_PER_SECOND = 10;

/** What a new or reset client gets, and the largest page of a list. */
export const TIMELINE_PAGE = 50;
export const PAGE_MAX = 100;
/** What people type to find a person or a group. */
export const QUERY_CHARACTERS = 100;
/** Above this `thread_state` names only the members that it needs. */
export const MEMBERS_IN_STATE = 200;

/** A resume that would hold more than this answers with `reset` instead: a fresh page is then the smaller answer. */
export const RESUME_ROWS = 500;
export const RESUME_BYTES = 1024 * 1024;

/** A socket lives this long without a fresh token; the client renews at 80 % of it. */
export const LEASE_MS = 10 * 60_000;
export const LEASE_RENEW_AT = 0.8;

/** Keep-alive: the client's text `ping` and the answer, byte for byte. */
export const PING = 'ping';
export const PONG = 'pong';
export const PING_EVERY_MS = 25_000;
export const PONG_WITHIN_MS = 10_000;
/** A socket that was silent for so long is gone, whatever the platform lists. */
export const SOCKET_SILENT_MS = 75_000;

/** The body of a REST request that is not an upload. */
export const JSON_BODY_BYTES = 256 * 1024;

/** How long an `Idempotency-Key` is remembered. */
export const IDEMPOTENCY_MS = 24 * 60 * 60_000;
