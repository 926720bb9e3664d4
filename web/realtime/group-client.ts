import type { Result } from '../../protocol/errors.ts';
import type { GroupView } from './group-view.ts';

/** What the page does with a group. Made once a group, kept while it is shown; `close` ends its socket and timers. */
export interface GroupClient {
  getView(): GroupView;
  subscribe(listener: () => void): () => void;
  /** Puts the message into the outbox and shows it at once. Answers when it is stored locally, so that the composer may forget it. */
  send(content: string, thread?: { parentId: string; alsoToGroup: boolean }): Promise<void>;
  /** Sends a failed or stale row again, under the same id. */
  retry(id: string): void;
  /** Drops a row that was not acknowledged, and gives its text back. */
  discard(id: string): string | undefined;
  /** Shown at once; failed ones say why in the row's `change`, `retryChange` and `dropChange` decide. Survive a reload like messages do. */
  edit(id: string, content: string): void;
  /**
   * Hides the message and stores its deletion at once. It is sent in 5 s, or when the page is left, unless
   * `undoRemoval` undoes it before.
   */
  remove(id: string): void;
  undoRemoval(id: string): void;
  react(id: string, emoji: string, op: 'add' | 'remove'): void;
  /** Whether I reacted so, also where the message names only the latest of many; once it is known, its row shows it. */
  hasReacted(id: string, emoji: string): Promise<boolean>;
  retryChange(id: string): void;
  dropChange(id: string): void;
  /** Over REST; answers with why not. */
  pin(id: string, pinned: boolean): Promise<Result<null>>;
  follow(parentId: string, following: boolean): void;
  /** The composer's keys: throttled and ended here. `parentId` of a thread, or null. */
  typing(parentId: string | null, isTyping: boolean): void;
  /** Everything up to this seq was shown (window focused, half in view for 500 ms): batched, at most one a second. */
  read(seq: number, parentId?: string): void;
  /** "Mark read": everything up to this seq, at once, also after `markUnread`. */
  markRead(seq: number, parentId?: string): void;
  /** "Mark unread from here": moves the cursor before this message and stops automatic reading until `leave`. */
  markUnread(seq: number, parentId?: string): void;
  /** Esc, or my own message: the divider of the timeline or of the open thread goes. */
  clearDivider(parentId?: string): void;
  /** The page is blurred: the first message that arrives now gets the divider. */
  setWatching(isWatching: boolean): void;
  /**
   * The row in the middle of the screen, or undefined while the newest are followed. What lies more than a thousand rows
   * from there is let go, and loaded again when somebody scrolls back.
   */
  lookAt(seq: number | undefined, parentId?: string): void;
  /** Loads the messages around this one and makes it the `target`; opens its thread if it is only shown there. */
  jumpTo(messageId: string): Promise<void>;
  /**
   * Shows the place of this message again, where somebody was before; that is no jump. Answers whether it has to be loaded:
   * until then no rows are shown, and if there is no such message any more, the newest are.
   */
  returnTo(messageId: string, parentId?: string): boolean;
  /** Loads the messages around the unread divider, where it lies further back than what is loaded. */
  jumpToDivider(): Promise<void>;
  jumpToNewest(parentId?: string): Promise<void>;
  loadBefore(parentId?: string): Promise<void>;
  loadAfter(parentId?: string): Promise<void>;
  openThread(parentId: string): void;
  closeThread(): void;
  /** Try to connect at once (the "Reconnect now" of the bar). */
  reconnect(): void;
  /** The person left the group's screen: sends the last read, forgets the divider. */
  leave(): void;
  /** The person is forgotten on this machine: it stops, and stores nothing any more. */
  forget(): void;
  close(): void;
}
