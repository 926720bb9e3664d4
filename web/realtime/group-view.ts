import type { Failure } from '../../protocol/errors.ts';
import type {
  FileReference,
  Group,
  Member,
  Message,
  PresenceState,
  User,
} from '../../protocol/models.ts';
import type { ThreadStateEvent } from '../../protocol/server-events.ts';

/**
 * The state of the group's connection, as the connection bar shows it. `since` is when the server was last heard from,
 * ms UTC; `reason` is what the server said when it ended the last connection.
 */
export type ConnectionView =
  | { state: 'connecting'; since?: number; reason?: string | undefined }
  | { state: 'live' }
  | { state: 'reconnecting' | 'offline'; since: number; reason?: string | undefined };

/** Why this group cannot be shown (the close codes of `protocol/errors.ts`); the client has stopped. */
export type ClosedView =
  | { reason: 'not_found' }
  | { reason: 'forbidden' }
  /** The session is over; what this machine stores stays for the next one. */
  | { reason: 'signed_out' }
  /** The user signed out or was signed out, and what this machine stored of them is deleted. */
  | { reason: 'forgotten' }
  | { reason: 'outdated' };

/** The state of my own change of a message (an edit, a deletion, a reaction) that the server has not acknowledged. */
export type RowChange = { state: 'sending' } | { state: 'failed'; failure: Failure };

/**
 * The state of my own message that the server has not acknowledged. `sending` shows nothing; `pending` follows after 1 s
 * without an answer; `uploading` waits for its files; `waiting` is without a connection, `isLong` after 10 s; `stale` asks
 * "Send or discard".
 */
export type UnsentState =
  | { state: 'sending' }
  | { state: 'pending' | 'uploading' | 'stale' }
  | { state: 'waiting'; isLong: boolean }
  | { state: 'failed'; failure: Failure };

/** A row of a timeline. My own messages that the server has not acknowledged have no `seq`, and sort last. */
export type TimelineRow =
  | {
      state: 'sent';
      key: string;
      /** With my own unacknowledged edit and reactions applied. Deleted messages are shown only as roots of threads. */
      message: Message;
      author: User | undefined;
      change?: RowChange;
      /** On my newest message, where receipts are shown. */
      receipt?: ReceiptView;
      /** In the group's timeline, the root of the thread that the message replies to, if it is held. */
      root?: Message;
    }
  | ({
      key: string;
      content: string;
      createdAt: number;
      author: User | undefined;
      /** The root of the thread, for a reply. */
      parentId?: string | undefined;
      root?: Message;
      /** Those without a `url` are still to be uploaded. */
      files?: readonly FileReference[] | undefined;
      /** It is my newest message where receipts are shown: their line stands under it from the start. */
      hasReceipt: boolean;
    } & UnsentState);

/**
 * How far my newest message has come. `readBy` lists the others who read it, with the time of their read cursor if it
 * is known.
 */
export interface ReceiptView {
  state: 'sent' | 'delivered' | 'read';
  readBy: readonly { userId: string; readAt?: number }[];
  /** Read in a conversation with one other person: it is clear by whom. */
  isPair?: boolean;
}

/** A range of messages: of the group's timeline, or of one thread. */
export interface RangeView {
  /** Oldest first. `key` is the message's id and stays the same when the message is acknowledged. */
  rows: readonly TimelineRow[];
  hasBefore: boolean;
  loadingBefore: boolean;
  /** True while older messages are shown: new ones are not appended, and "Jump to newest" is offered. */
  hasAfter: boolean;
  loadingAfter: boolean;
  /** The users who type here, without me, in the order they began. */
  typing: readonly User[];
  /** The last of these messages that I deleted, as long as that can be undone. */
  removed?: string;
}

/** The thread that is open beside the timeline. */
export interface ThreadView extends RangeView {
  parentId: string;
  /** Undefined while it loads. */
  root?: TimelineRow & { state: 'sent' };
  /** The root was deleted together with its thread, or never existed. */
  missing: boolean;
  following: boolean;
  /** Whether the replies are loaded. Until then the range holds at most the root and my unsent replies. */
  isLoaded: boolean;
  /**
   * My read cursor in the thread when it was opened: the divider stands before the first reply above it. Undefined
   * while it is not known, and after the divider was cleared.
   */
  openedReadSeq: number | undefined;
}

/**
 * Where the "New" divider stands: before the first message of others above `afterSeq`. It is placed once, on opening.
 */
export interface DividerView {
  afterSeq: number;
  /** How many messages after it are unread by the server's count, and how many of those mention me. */
  count: number;
  mentions: number;
  /** There may be more: the server counts up to a thousand, and without its count only loaded messages are counted. */
  isAtLeast: boolean;
  /** The time of the first unread message, ms UTC, once it is known. */
  since?: number;
}

/**
 * Where the new messages of a visit begin: `known` once the divider stands, or none is needed; `below` if nothing that is
 * loaded is new, so that a divider can only follow it; otherwise `unknown`, and what is loaded may still move.
 */
export type OpeningView = 'unknown' | 'below' | 'known';

/** The message that a jump leads to, with the thread in which it is shown, and a number that grows with each jump. */
export interface TargetView {
  id: string;
  jump: number;
  /** Undefined for the group's timeline. */
  parentId?: string | undefined;
}

/** An immutable snapshot of one group, replaced as a whole when anything in it changes (for `useSyncExternalStore`). */
export interface GroupView extends RangeView {
  connection: ConnectionView;
  closed?: ClosedView;
  /** Undefined until the first state arrives, from the server or the cache; the page shows the skeleton. */
  group?: Group;
  me?: ThreadStateEvent['me'];
  /** How far I have read the timeline, also what the server has not acknowledged. */
  readSeq?: number | undefined;
  /** Current members by user id. */
  members: ReadonlyMap<string, Member>;
  /** Everyone whom a message names. The function stays the same until a user becomes known or changes. */
  userOf(userId: string): User | undefined;
  /** A user who is not listed is offline, or not watched in a large group. */
  presence: ReadonlyMap<string, PresenceState>;
  /** How many users are present, in a large group: there `presence` has only those who are watched (`watchPresence`). */
  presentCount?: number | undefined;
  opening: OpeningView;
  /** Set while an unread divider is shown. */
  divider?: DividerView;
  /** The message to flash and centre after `jumpTo`. */
  target?: TargetView;
  /** `jumpTo` found nothing: the message was deleted or never existed. */
  targetMissing: boolean;
  thread?: ThreadView;
  /** A frame of an unknown type arrived: the page offers "New version · Reload". */
  newVersion: boolean;
  /** Grows with each reset, after which what was fetched over REST may be out of date. */
  resets: number;
  /** Grows with every reply that was created or deleted in a thread of mine, loaded or not. */
  replies: number;
}
