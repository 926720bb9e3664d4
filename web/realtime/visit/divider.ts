import type { Message } from '../../../protocol/models.ts';
import type { DividerView } from '../group-view.ts';
import { namesMe } from '../message.ts';
import type { MessageWindow } from '../replica/message-window.ts';
import { type UnreadCount, UnreadTally } from '../replica/unread-tally.ts';

/** A loaded range of the timeline, as far as the divider looks at it. */
type Loaded = Pick<MessageWindow, 'messages' | 'hasBefore' | 'hasAfter'>;

/** Where the "New" divider stands on this visit: before what was unread when it began, or came while nobody looked. */
export class Divider {
  readonly #me: string;
  #isOpened = false;
  #isWatching = true;
  #afterSeq: number | undefined;
  #newestSeq = 0;
  #tally: UnreadTally | undefined;
  #since: { afterSeq: number; at: number } | undefined;

  /** `me` is my user id: what I wrote is never new to me. */
  constructor(me: string) {
    this.#me = me;
  }

  get afterSeq(): number | undefined {
    return this.#afterSeq;
  }

  /** Takes what the server counts behind my read cursor; `rev` is where the group stood then. */
  counted(me: { readSeq: number; unread: number; mentions: number }, rev: number): void {
    // The divider stays where it was placed: what is unread behind another cursor says nothing about it.
    const isElsewhere = this.#afterSeq !== undefined && this.#afterSeq !== me.readSeq;
    if (!isElsewhere) this.#tally = new UnreadTally(me, rev);
  }

  /**
   * Begins a visit, unless it has begun: places the divider once. Who has never read anything in this group has nothing to
   * be reminded of.
   */
  open(readSeq: number, messages: readonly Message[]): boolean {
    if (this.#isOpened) return false;
    this.#isOpened = true;
    this.#newestSeq = messages.at(-1)?.seq ?? 0;
    const counted = this.#tally?.afterSeq === readSeq ? this.#tally.total.count : 0;
    const isUnread = counted > 0 || messages.some((message) => this.#isNew(message, readSeq));
    if (readSeq > 0 && isUnread) this.#afterSeq = readSeq;
    return true;
  }

  /** A row of the timeline came: a new message, if it stands behind all that came before. */
  arrived(message: Message): void {
    if (this.#isNew(message, this.#newestSeq)) this.#tally?.arrived(message, this.#me);
    if (message.seq <= this.#newestSeq) return;
    this.#newestSeq = message.seq;
    if (!this.#isOpened || this.#isWatching || this.#afterSeq !== undefined) return;
    if (this.#isNew(message, message.seq - 1)) this.#afterSeq = message.seq - 1;
  }

  /** Whether the page is looked at. */
  setWatching(isWatching: boolean): void {
    this.#isWatching = isWatching;
  }

  /** Puts it before this seq on purpose. */
  place(seq: number): void {
    this.#isOpened = true;
    this.#afterSeq = seq - 1;
  }

  /** The messages that follow the divider, which lies above what is loaded: the first new one says since when. */
  follows(messages: readonly Message[]): void {
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

  /** Whether it is known how much is unread behind it, from the server or because all of that is loaded. */
  isCounted(loaded: Loaded): boolean {
    return this.#afterSeq === undefined || this.#count(loaded, this.#afterSeq) !== undefined;
  }

  /** The divider while this is shown; undefined while there is none. */
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

/** Whether all that follows this seq, up to the newest loaded message, is loaded. */
function reaches({ messages, hasBefore }: Loaded, seq: number): boolean {
  return !hasBefore || (messages[0]?.seq ?? Number.MAX_SAFE_INTEGER) <= seq + 1;
}
