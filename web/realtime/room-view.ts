import type { Failure } from '../../protocol/errors.ts';
import type { Group, Member, MemberRole, Message, User } from '../../protocol/models.ts';

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
  | { reason: 'signed_out' }
  | { reason: 'outdated' };

/** A row of the timeline. Own rows that the server has not acknowledged yet have no `seq`, and sort last. */
export type TimelineRow =
  | { state: 'sent'; key: string; message: Message; author: User | undefined }
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

/** An immutable picture of one group, replaced as a whole whenever anything in it changes (for `useSyncExternalStore`). */
export interface RoomView {
  connection: ConnectionView;
  closed?: ClosedView;
  /** Undefined until the first state arrived: show the skeleton. */
  group?: Group;
  me?: { userId: string; role: MemberRole };
  /** Current members by user id. */
  members: ReadonlyMap<string, Member>;
  /** Oldest first. `key` is the message's id and never changes between sending and sent. */
  rows: readonly TimelineRow[];
  hasBefore: boolean;
  loadingBefore: boolean;
  /** A frame of a type we do not know came: offer "New version · Reload". */
  newVersion: boolean;
}

/** What the page does with a group. Made once a group, kept while it is shown; `close` ends its socket and timers. */
export interface RoomClient {
  getView(): RoomView;
  subscribe(listener: () => void): () => void;
  /** Puts the message into the outbox and shows it at once. Answers when it is stored locally, so that the composer may forget it. */
  send(content: string): Promise<void>;
  /** Sends a failed or stale row again, under the same id. */
  retry(id: string): void;
  /** Drops a row that was not acknowledged, and gives its text back. */
  discard(id: string): string | undefined;
  loadBefore(): Promise<void>;
  /** Try to connect at once (the "Reconnect now" of the bar), also after `closed`: say, when the group was joined. */
  reconnect(): void;
  close(): void;
}
