import type { Result } from '../../protocol/errors.ts';
import type { FileReference } from '../../protocol/models.ts';
import type { GroupView } from './group-view.ts';

/** What I write and change in a group. Messages, changes and follows survive a reload, and wait for a connection. */
export interface GroupWriting {
  /**
   * Puts the message into the outbox and shows it at once. Resolves when it is stored locally and its draft is deleted. It is
   * sent when its files are uploaded; later messages do not wait for it.
   */
  send(
    content: string,
    thread?: { parentId: string; alsoToGroup: boolean },
    files?: readonly FileReference[],
  ): Promise<void>;
  /** Sends a failed or stale message again, under the same id. */
  retry(id: string): void;
  /** Drops a message that was not acknowledged, and returns its text. */
  discard(id: string): string | undefined;
  /**
   * Shows the edit at once; `files` are all its files after it, if those change. It is sent when the new ones are uploaded. A
   * failed one is reported in the row's `change`, for `retryChange` or `dropChange`.
   */
  edit(id: string, content: string, files?: FileReference[]): void;
  /**
   * Hides the message and stores its deletion at once. The deletion is sent after 5 s, or when the page is left;
   * `undoRemoval` cancels it until then.
   */
  remove(id: string): void;
  undoRemoval(id: string): void;
  /** Shows the reaction at once; a failed one is reported as a failed edit is. */
  react(id: string, emoji: string, op: 'add' | 'remove'): void;
  /** Whether I reacted with this emoji. Asks the server where the message lists only the latest of many reactions. */
  hasReacted(id: string, emoji: string): Promise<boolean>;
  retryChange(id: string): void;
  dropChange(id: string): void;
  /** Pins or unpins a message over REST; fails with the server's answer. */
  pin(id: string, pinned: boolean): Promise<Result<null>>;
  follow(parentId: string, following: boolean): void;
  /** The composer of a thread, or of the timeline (null), was typed into or cleared. Throttled here. */
  typing(parentId: string | null, isTyping: boolean): void;
}

/** How far I have read. */
export interface GroupReading {
  /** Everything up to this seq was shown (window focused, half in view for 500 ms). Sent at most once a second. */
  read(seq: number, parentId?: string): void;
  /** "Mark read": everything up to this seq, at once, also after `markUnread`. */
  markRead(seq: number, parentId?: string): void;
  /** "Mark unread from here": moves the cursor before this message and stops automatic reading until `leave`. */
  markUnread(seq: number, parentId?: string): void;
  /** Removes the divider of the timeline or of the open thread: on Esc, or after my own message. */
  clearDivider(parentId?: string): void;
  /** Whether the window is focused. While it is not, the divider is placed before the first message that arrives. */
  setWatching(isWatching: boolean): void;
}

/** Which messages are loaded and shown. */
export interface GroupPaging {
  /**
   * The row in the middle of the screen, or undefined while the list sticks to the newest. Rows more than a thousand
   * away from it are dropped, and loaded again when the list is scrolled there.
   */
  lookAt(seq: number | undefined, parentId?: string): void;
  /**
   * Loads the messages around this one and makes it the `target`; opens its thread if it is shown only there, or if
   * `parentId` asks for it.
   */
  jumpTo(messageId: string, parentId?: string): Promise<void>;
  /**
   * Shows the messages around this one again, without making it the `target`. Returns whether they have to be loaded.
   * Until then no rows are shown; if the message is gone, the newest are.
   */
  returnTo(messageId: string, parentId?: string): boolean;
  /** Loads the messages around the divider, which may be above what is loaded. */
  jumpToDivider(): Promise<void>;
  jumpToNewest(parentId?: string): Promise<void>;
  loadBefore(parentId?: string): Promise<void>;
  loadAfter(parentId?: string): Promise<void>;
  openThread(parentId: string): void;
  closeThread(): void;
}

/** A live group as the page uses it, for as long as it is shown. */
export interface GroupClient extends GroupWriting, GroupReading, GroupPaging {
  getView(): GroupView;
  /** Calls back after each change, until the returned function is called. The first subscriber connects the group. */
  subscribe(listener: () => void): () => void;
  /** In a large group, keeps the presence of these users current (at most `USERS_WATCHED`), and no longer that of others. */
  watchPresence(userIds: string[]): void;
  /** Connects at once ("Reconnect now"), also after the group was closed: the reason may be gone. */
  reconnect(): void;
  /** The user left the group's screen: sends the read cursor and removes the divider. */
  leave(): void;
  /** The user is forgotten on this machine: stops, and stores nothing more. */
  forget(): void;
  /** Ends the connection and all timers. */
  close(): void;
}
