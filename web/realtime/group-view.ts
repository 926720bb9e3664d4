import type { Failure } from '../../protocol/errors.ts';
import type { Group, Member, Message, PresenceState, User } from '../../protocol/models.ts';
import type { ThreadStateEvent } from '../../protocol/server-events.ts';

/** How the group's socket is doing, as the connection bar shows it. `since` is when we last heard from the server, ms. */
export type ConnectionView =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'reconnecting'; since: number }
  | { state: 'offline'; since: number };

/** Why this group cannot be shown (close codes of protocol.md); the client has stopped. */
export type ClosedView =
  | { reason: 'not_found' }
  | { reason: 'forbidden' }
  /** The session is over; what is kept on this machine stays for the next one. */
  | { reason: 'signed_out' }
  /** The person signed out or was signed out, and what this machine kept of them is deleted. */
  | { reason: 'forgotten' }
  | { reason: 'outdated' };

/** What became of my own change of a message (an edit, a delete, a reaction) that the server has not told yet. */
export type RowChange = { state: 'sending' } | { state: 'failed'; failure: Failure };

/** A row of a timeline. Own rows that the server has not acknowledged yet have no `seq`, and sort last. */
export type TimelineRow =
  | {
      state: 'sent';
      key: string;
      /** With my own unacknowledged edit and reactions applied, so that they are seen at once. Deleted ones only as roots of threads. */
      message: Message;
      author: User | undefined;
      change?: RowChange;
      /** On my newest message, where receipts are shown. */
      receipt?: ReceiptView;
    }
  | {
      /** `sending` is quiet; `pending` after 1 s without an answer; `failed` says why; `stale` asks "Send or discard". */
      state: 'sending' | 'pending' | 'stale';
      key: string;
      content: string;
      createdAt: number;
      author: User | undefined;
    }
  | {
      state: 'failed';
      key: string;
      content: string;
      createdAt: number;
      author: User | undefined;
      failure: Failure;
    };

/** How far my message has come. `readBy` and `deliveredTo` are others, each with the time of their read cursor if known. */
export interface ReceiptView {
  state: 'sent' | 'delivered' | 'read';
  readBy: readonly { userId: string; readAt?: number }[];
}

/** A range of messages: of the group's timeline, or of one thread. */
export interface RangeView {
  /** Oldest first. `key` is the message's id and never changes between sending and sent. */
  rows: readonly TimelineRow[];
  hasBefore: boolean;
  loadingBefore: boolean;
  /** True while an older place is shown: arrivals are not appended, "Jump to newest" is offered. */
  hasAfter: boolean;
  loadingAfter: boolean;
  /** Who types here, never me, in the order they began. */
  typing: readonly User[];
  /** Of the messages here the one that I deleted last, as long as I can take that back. */
  removed?: string;
}

/** The thread that is open beside the timeline. */
export interface ThreadView extends RangeView {
  parentId: string;
  /** Undefined while it loads. */
  root?: TimelineRow & { state: 'sent' };
  /** The root was deleted together with its thread, or never was: say so. */
  missing: boolean;
  following: boolean;
  /** Whether the replies are here; until then it holds the root and what I wrote since, at most. */
  isLoaded: boolean;
  /**
   * My read cursor in the thread when it was opened: the divider stands before the first reply above it. Undefined until it
   * is known, or cannot be known now, what I read elsewhere meanwhile; and once the divider was cleared.
   */
  openedReadSeq: number | undefined;
}

/** Where the "New" divider stands: before the first message of others with a seq above it; placed once, on opening. */
export interface DividerView {
  afterSeq: number;
  /** How many are unread behind it as the server counts them, and how many of those mention me. */
  count: number;
  mentions: number;
  /** There may be more: the server counts to a thousand, and without it only what is loaded can be counted. */
  isAtLeast: boolean;
  /** The time of the first, ms UTC, once it is known. */
  since?: number;
}

/** An immutable snapshot of one group, replaced as a whole whenever anything in it changes (for `useSyncExternalStore`). */
export interface GroupView extends RangeView {
  connection: ConnectionView;
  closed?: ClosedView;
  /** Undefined until the first state arrived, from the server or from the local cache: show the skeleton. */
  group?: Group;
  me?: ThreadStateEvent['me'];
  /** Current members by user id. */
  members: ReadonlyMap<string, Member>;
  /** Anyone whom a message names: the same function until somebody becomes known or changes. */
  userOf(userId: string): User | undefined;
  /** Who is not in it is offline. */
  presence: ReadonlyMap<string, PresenceState>;
  /** Set while an unread divider is shown. */
  divider?: DividerView;
  /** The message to flash and centre after `jumpTo`, and a number that grows with each jump. */
  target?: { id: string; jump: number };
  /** `jumpTo` led nowhere: the message was deleted or never was. */
  targetMissing: boolean;
  thread?: ThreadView;
  /** A frame of a type we do not know came: offer "New version · Reload". */
  newVersion: boolean;
  /** Grows whenever everything was forgotten: what was asked for over REST before may not be true any more. */
  resets: number;
  /** Grows with every reply that came or went in a thread of mine, loaded or not. */
  replies: number;
}
