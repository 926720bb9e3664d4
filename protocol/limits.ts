/** The numbers of the contract. Each name says its unit. */

export const MESSAGE_CHARACTERS = 8_000;
export const FRAME_BYTES = 64 * 1024;
export const GROUP_NAME_CHARACTERS = 80;
export const GROUP_TOPIC_CHARACTERS = 250;
export const GROUP_MEMBERS = 10_000;
/** The people of a direct group besides its creator. */
export const DIRECT_OTHERS = 8;
export const SOCKETS_PER_USER_PER_GROUP = 10;
/** Sockets of a user's own: one for each open client. */
export const SOCKETS_PER_USER = 20;

export const ATTACHMENTS_PER_MESSAGE = 10;
/** The largest file, by a resumable upload. */
export const FILE_BYTES = 1024 ** 3;
/** The largest file in one request: Cloudflare's edge refuses bodies above 100 MB. */
export const UPLOAD_BYTES = 90_000_000;
/** A name in UTF-8, as file systems have it. */
export const FILE_NAME_BYTES = 255;
export const ALT_CHARACTERS = 1_000;
/** All files of a user in all groups. The var LIMIT_STORAGE_PER_USER overrides it. */
export const STORAGE_PER_USER = 10 * 1000 ** 3;
/** How long an unfinished upload, and a file that was never sent, is kept. */
export const UPLOAD_KEPT_MS = 24 * 60 * 60_000;
/** How long the cookie with which a browser fetches files is valid. A page renews it before that. */
export const FILES_COOKIE_MS = 60 * 60_000;
/** The pixels of a picture, all frames together: a browser that decodes more may run out of memory. */
export const IMAGE_PIXELS = 100_000_000;
/** The widths of the variants of a picture, in pixels. */
export const VARIANT_WIDTHS = [320, 640, 1280, 2560] as const;

export const REACTIONS_PER_MESSAGE = 50;
export const REACTIONS_PER_PERSON = 20;
/** All reactions to one message: the mirror holds them as one value, and D1 refuses a value above 1 MB. */
export const REACTIONS_IN_ALL = 5_000;
/** How many users a message lists for each reaction, and for its thread. */
export const REACTION_USERS = 100;
export const REPLY_USERS = 5;
export const PINS_PER_GROUP = 100;

/** Groups above this size have no receipts: every receipt goes to every member, and few people would read them. */
export const RECEIPTS_MEMBERS = 100;
/** How often a client repeats that its user is typing, when it stops, and when a receiver drops it without a repeat. */
export const TYPING_REPEAT_MS = 4_000;
export const TYPING_IDLE_MS = 5_000;
export const TYPING_DROPPED_MS = 6_000;
const DELIVERED_EVERY_MS = 2_000;
const DELIVERED_EVERY_LARGE_MS = 30_000;
/** How often a client acknowledges what it has applied: often where receipts are shown, rarely in larger groups. */
export const deliveredEveryMs = (memberCount: number): number =>
  memberCount <= RECEIPTS_MEMBERS ? DELIVERED_EVERY_MS : DELIVERED_EVERY_LARGE_MS;
/** How long after the last disconnect a user goes offline, so that a reload does not flicker. */
export const OFFLINE_AFTER_MS = 10_000;
/** The other people of this many direct groups of two, the most recent ones, have a presence in the list. */
export const PRESENCES_IN_LIST = 40;

/** The rate limit of one user in one group: a burst, then a rate. The vars LIMIT_FRAMES_… override it. */
export const FRAMES_BURST = 30;
export const FRAMES_PER_SECOND = 10;
/** The rate limit of all frames of a group, below what a Room can handle. LIMIT_ROOM_FRAMES_PER_SECOND overrides it. */
export const ROOM_FRAMES_PER_SECOND = 2_000;
/** The rate at which a Room becomes hot and holds sockets in memory. The var of the same name overrides it. */
export const ROOM_HOT_FRAMES_PER_SECOND = 200;

/** The number of messages that a new or reset client gets, and the largest page of a list. */
export const TIMELINE_PAGE = 50;
export const PAGE_MAX = 100;
/** The length of a search for a person or a group. */
export const QUERY_CHARACTERS = 100;
/** In larger groups `thread_state` does not list all members, and presence is a count: everyone's would go to everyone. */
export const MEMBERS_IN_STATE = 200;
/** How many of the users who are present the state of a larger group lists. */
export const PRESENT_IN_STATE = 100;
/** How many users a client may watch: more are never on a screen, and a socket has to hold their ids while it hibernates. */
export const USERS_WATCHED = 100;
/** How far `thread_state` counts unread messages, and how many of my threads it lists, latest reply first. */
export const UNREAD_IN_STATE = 1_000;
export const READ_THREADS_IN_STATE = 500;
/** How far an `InboxEntry` counts unread messages, and how many unread threads it lists. */
export const UNREAD_SHOWN = 100;
export const THREADS_IN_ENTRY = 100;
/** How many of its last replies a thread has in a list. */
export const REPLIES_IN_LIST = 3;
/** The favourites of a user: a longer section would be no shortcut. */
export const FAVOURITES = 100;
/** The groups of one request that marks groups as read or undoes that: each is a call, and the free plan allows 50. */
export const GROUPS_READ_AT_ONCE = 25;
/** The length of the preview of a group's last message. */
export const PREVIEW_CHARACTERS = 140;

/** A resume that would be larger is answered with `reset` and the newest page, which is smaller. */
export const RESUME_ROWS = 500;
export const RESUME_BYTES = 1024 * 1024;

/** The lease of a socket: how long it lives without a fresh token, and the share of it after which a client renews. */
export const LEASE_MS = 10 * 60_000;
export const LEASE_RENEW_AT = 0.8;

/** Keep-alive: the text that the client sends and the auto-response. The platform matches them byte for byte. */
export const PING = 'ping';
export const PONG = 'pong';
export const PING_EVERY_MS = 25_000;
export const PONG_WITHIN_MS = 10_000;
/** A socket that sent nothing for this long is dead, although the platform may still list it. */
export const SOCKET_SILENT_MS = 75_000;

/** How long a Room collects read cursors before it stores them: many people read a message within seconds. */
export const ROOM_COLLECT_CURSORS_MS = 10_000;
/** How long after it was busy a Room looks for dead sockets, and writes to D1 how far people have read. */
export const ROOM_SETTLE_MS = 90_000;

/** Long poll: how long the server holds a poll, and how many frames one request may carry. */
export const POLL_WAIT_S = 25;
export const POLL_FRAMES = 100;

/** A user's REST requests a minute. The binding REST_LIMIT in `wrangler.toml` enforces it: change both. */
export const REST_PER_MINUTE = 300;

/** People that a user may add to groups, new ones included. The var LIMIT_PEOPLE_ADDED_PER_HOUR overrides it. */
export const PEOPLE_ADDED_PER_HOUR = 100;

/** Changes of a user's own profile: each is sent to all of their groups. LIMIT_PROFILE_CHANGES_PER_HOUR overrides it. */
export const PROFILE_CHANGES_PER_HOUR = 60;

/** Named and direct groups that a user may create. LIMIT_GROUPS_PER_HOUR and LIMIT_DIRECT_GROUPS_PER_HOUR override them. */
export const GROUPS_PER_HOUR = 30;
export const DIRECT_GROUPS_PER_HOUR = 100;

/** How often a user may join the same group by themselves: each time its members see a line. LIMIT_JOINS_PER_HOUR overrides it. */
export const JOINS_PER_HOUR = 5;

/** How long an invitation works: unless said otherwise, and at most. */
export const INVITE_DAYS = 7;
export const INVITE_DAYS_MAX = 30;
/** The uses that an invitation may be limited to: no group has more members. */
export const INVITE_USES_MAX = GROUP_MEMBERS;
/** Invitations of a group that work at the same time: a list of more could not be overlooked. */
export const INVITES_PER_GROUP = 50;
/** Invitations that a user may make. The var LIMIT_INVITES_PER_HOUR overrides it. */
export const INVITES_PER_HOUR = 20;
/** Requests about invitation codes from one address. The binding INVITE_LIMIT in `wrangler.toml` enforces it: change both. */
export const INVITE_REQUESTS_PER_MINUTE = 100;

/** Push subscriptions of a user: one for each browser. A new one replaces the one that was renewed longest ago. */
export const PUSH_SUBSCRIPTIONS = 10;
export const PUSH_ENDPOINT_CHARACTERS = 1_000;
/** How long a message must be unread before it is pushed: most are read at once. PUSH_AFTER_MS overrides it. */
export const PUSH_AFTER_MS = 10_000;

/** The picture of a group: every list shows it, small. */
export const GROUP_PICTURE_BYTES = 5 * 1024 * 1024;

/** The JSON body of a REST request. */
export const JSON_BODY_BYTES = 256 * 1024;

/** How long an `Idempotency-Key` is remembered. */
export const IDEMPOTENCY_MS = 24 * 60 * 60_000;
