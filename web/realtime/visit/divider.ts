import type { Message } from '../../../protocol/models.ts';
import type { DividerView } from '../group-view.ts';
import { namesMe } from '../message.ts';
import type { MessageWindow } from '../replica/message-window.ts';
import { type UnreadCount, UnreadTally } from '../replica/unread-tally.ts';

/** What the divider needs of a loaded range. */
type Loaded = Pick<MessageWindow, 'messages' | 'hasBefore' | 'hasAfter'>;

/**
 * Where the "New" divider stands on this visit: before what was unread when it began, or arrived while the window was
 * not focused.
 */
export class Divider {
  readonly #me: string;
  #isOpened = false;
  #isWatching = true;
  #afterSeq: number | undefined;
  #newestSeq = 0;
  #tally: UnreadTally | undefined;
  #since: { afterSeq: number; at: number } | undefined;

  /** `me` is my user id: my own messages are never new to me. */
  constructor(me: string) {
    this.#me = me;
  }

  get afterSeq(): number | undefined {
    return this.#afterSeq;
  }

  /** Whether the visit has begun, and the divider stands if there is one. */
  get isOpened(): boolean {
    return this.#isOpened;
  }

  /** Takes the server's count of messages after my read cursor; `rev` is the group's rev when it counted. */
  counted(me: { readSeq: number; unread: number; mentions: number }, rev: number): void {
    // The divider stays where it was placed. A count after another cursor does not apply to it.
    const isElsewhere = this.#afterSeq !== undefined && this.#afterSeq !== me.readSeq;
    if (!isElsewhere) this.#tally = new UnreadTally(me, rev);
  }

  /**
   * Begins a visit and places the divider; returns false if the visit has begun already. A user who has never read
   * anything in this group gets no divider.
   */
  open(readSeq: number, messages: readonly Message[]): boolean {
    if (this.#isOpened) return false;
    this.#isOpened = true;
    this.#newestSeq = messages.at(-1)?.seq ?? 0;
    const counted = this.#tally?.afterSeq === readSeq ? this.#tally.total.count : 0;
    if (readSeq > 0 && (counted > 0 || this.hasNew(readSeq, messages))) this.#afterSeq = readSeq;
    return true;
  }

  /** Whether one of these messages is new to a reader with this cursor. */
  hasNew(readSeq: number, messages: readonly Message[]): boolean {
    return messages.some((message) => this.#isNew(message, readSeq));
  }

  /** A message of the timeline arrived or changed. It is new if its seq is above all before it. */
  arrived(message: Message): void {
    if (this.#isNew(message, this.#newestSeq)) this.#tally?.arrived(message, this.#me);
    if (message.seq <= this.#newestSeq) return;
    this.#newestSeq = message.seq;
    if (!this.#isOpened || this.#isWatching || this.#afterSeq !== undefined) return;
    if (this.#isNew(message, message.seq - 1)) this.#afterSeq = message.seq - 1;
  }

  /** Whether the window is focused. */
  setWatching(isWatching: boolean): void {
    this.#isWatching = isWatching;
  }

  /** Places the divider before this seq, on purpose. */
  place(seq: number): void {
    this.#isOpened = true;
    this.#afterSeq = seq - 1;
  }

  /** Takes the first messages after a divider that lies above what is loaded, for the time of the first new one. */
  showSince(messages: readonly Message[]): void {
    const afterSeq = this.#afterSeq;
    if (afterSeq === undefined) return;
    const first = messages.find((message) => this.#isNew(message, afterSeq));
    if (first) this.#since = { afterSeq, at: first.createdAt };
  }

  clear(): void {
    this.#afterSeq = undefined;
  }

  /** The visit is over. */
  leave(): void {
    this.clear();
    this.#isOpened = false;
    this.#isWatching = true;
  }

  /** Whether the number of messages after the divider is known, from the server or because all of them are loaded. */
  isCounted(loaded: Loaded): boolean {
    return this.#afterSeq === undefined || this.#count(loaded, this.#afterSeq) !== undefined;
  }

  /** The divider for this range; undefined while there is none. */
  view(loaded: Loaded): DividerView | undefined {
    const afterSeq = this.#afterSeq;
    if (afterSeq === undefined) return undefined;
    const counted = this.#count(loaded, afterSeq);
    const known = counted ?? { ...this.#sumOf(loaded, afterSeq), isAtLeast: true };
    const since = this.#sinceOf(loaded, afterSeq);
    return { afterSeq, ...known, ...(since !== undefined && { since }) };
  }

  #count(loaded: Loaded, afterSeq: number): UnreadCount | undefined {
    if (reaches(loaded, afterSeq) && !loaded.hasAfter) return this.#sumOf(loaded, afterSeq);
    return this.#tally?.afterSeq === afterSeq ? this.#tally.total : undefined;
  }

  #sumOf({ messages }: Loaded, afterSeq: number): UnreadCount {
    const unread = messages.filter((message) => this.#isNew(message, afterSeq));
    const mentions = unread.filter((message) => namesMe(message, this.#me)).length;
    return { count: unread.length, mentions, isAtLeast: false };
  }

  #sinceOf(loaded: Loaded, afterSeq: number): number | undefined {
    if (!reaches(loaded, afterSeq)) {
      return this.#since?.afterSeq === afterSeq ? this.#since.at : undefined;
    }
    return loaded.messages.find((message) => this.#isNew(message, afterSeq))?.createdAt;
  }

  #isNew({ seq, userId, system, deletedAt }: Message, afterSeq: number): boolean {
    return seq > afterSeq && userId !== this.#me && !system && deletedAt === undefined;
  }
}

/** Whether all messages after this seq, up to the newest loaded one, are loaded. */
function reaches({ messages, hasBefore }: Loaded, seq: number): boolean {
  return !hasBefore || (messages[0]?.seq ?? Number.MAX_SAFE_INTEGER) <= seq + 1;
}
