/** Every number of the contract (protocol.md, "Limits"). Sizes in characters or bytes as named, times in ms. */

export const MESSAGE_CHARACTERS = 8_000;
export const FRAME_BYTES = 64 * 1024;
export const GROUP_NAME_CHARACTERS = 80;
export const GROUP_TOPIC_CHARACTERS = 250;
export const GROUP_MEMBERS = 10_000;
export const SOCKETS_PER_USER_PER_GROUP = 10;

export const REACTIONS_PER_MESSAGE = 50;
export const REACTIONS_PER_PERSON = 20;
/** All people and emoji together: they are one value in the archive, and D1 refuses what is larger than 1 MB. */
export const REACTIONS_IN_ALL = 5_000;
/** How many of the people behind a reaction go with the message, and behind a thread's summary. */
export const REACTION_USERS = 100;
export const REPLY_USERS = 5;
export const PINS_PER_GROUP = 100;

/** Where receipts are shown: in larger groups they would be mostly noise, and every one goes to everyone. */
export const RECEIPTS_MEMBERS = 100;
/** A client tells that it types on the first key and again so often; who hears no repeat drops it. */
export const TYPING_REPEAT_MS = 4_000;
export const TYPING_IDLE_MS = 5_000;
export const TYPING_DROPPED_MS = 6_000;
/** How often a client tells what it has applied, in groups that show receipts and in larger ones. */
const DELIVERED_EVERY_MS = 2_000;
const DELIVERED_EVERY_LARGE_MS = 30_000;
export const deliveredEveryMs = (memberCount: number): number =>
  memberCount <= RECEIPTS_MEMBERS ? DELIVERED_EVERY_MS : DELIVERED_EVERY_LARGE_MS;
/** A reload must not flicker: somebody is offline only so long after their last client went. */
export const OFFLINE_AFTER_MS = 10_000;

/** A user's frames in one group: this many at once, then so many a second; LIMIT_FRAMES_… of the Worker's vars win. */
export const FRAMES_BURST = 30;
export const FRAMES_PER_SECOND = 10;
/** All frames of a group together: what one Room takes, with a reserve. The Worker's var LIMIT_ROOM_FRAMES_PER_SECOND wins. */
export const ROOM_FRAMES_PER_SECOND = 1_000;
/** From so many frames a second on a Room holds its sockets in memory; the Worker's var of the same name wins. */
export const ROOM_HOT_FRAMES_PER_SECOND = 200;

/** What a new or reset client gets, and the largest page of a list. */
export const TIMELINE_PAGE = 50;
export const PAGE_MAX = 100;
/** What people type to find a person or a group. */
export const QUERY_CHARACTERS = 100;
/** Above this `thread_state` names only the members that it needs. */
export const MEMBERS_IN_STATE = 200;
/** So far it counts what I have not read, and so many threads of mine it names, the last replied to first. */
export const UNREAD_IN_STATE = 1_000;
export const READ_THREADS_IN_STATE = 500;

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

/** Where WebSockets are blocked: how long a poll may be held, in seconds, and how many frames come at once. */
export const POLL_WAIT_S = 25;
export const POLL_FRAMES = 100;

/** A user's REST requests a minute. The binding REST_LIMIT of `wrangler.toml` enforces it: change both. */
export const REST_PER_MINUTE = 300;

/** The body of a REST request that is not an upload. */
export const JSON_BODY_BYTES = 256 * 1024;

/** How long an `Idempotency-Key` is remembered. */
export const IDEMPOTENCY_MS = 24 * 60 * 60_000;
