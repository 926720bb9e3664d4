import type { Message } from '../../protocol/models.ts';
import type { DividerView } from './room-view.ts';

/** Where the "New" divider stands on this visit: before what was unread when it began, or came while nobody looked. */
export class Divider {
  readonly #me: string;
  #isOpened = false;
  #isWatching = true;
  #afterSeq: number | undefined;
  #newestSeq = 0;

  /** `me` is my user id: what I wrote is never new to me. */
  constructor(me: string) {
    this.#me = me;
  }

  get afterSeq(): number | undefined {
    return this.#afterSeq;
  }

  /** Begins a visit: places the divider once. Who has never read anything in this group has nothing to be reminded of. */
  open(readSeq: number, messages: readonly Message[]): void {
    if (this.#isOpened) return;
    this.#isOpened = true;
    this.#newestSeq = messages.at(-1)?.seq ?? 0;
    const isUnread = messages.some((message) => this.#isNew(message, readSeq));
    if (readSeq > 0 && isUnread) this.#afterSeq = readSeq;
  }

  /** A row of the timeline came: a new message, if it stands behind all that came before. */
  arrived(message: Message): void {
    if (!this.#isOpened || message.seq <= this.#newestSeq) return;
    this.#newestSeq = message.seq;
    if (this.#isWatching || this.#afterSeq !== undefined) return;
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

  clear(): void {
    this.#afterSeq = undefined;
  }

  /** The visit is over. */
  leave(): void {
    this.clear();
    this.#isOpened = false;
    this.#isWatching = true;
  }

  /** The divider among these messages, oldest first; undefined while there is none. */
  view(messages: readonly Message[]): DividerView | undefined {
    const afterSeq = this.#afterSeq;
    if (afterSeq === undefined) return undefined;
    const unread = messages.filter((message) => this.#isNew(message, afterSeq));
    const since = unread[0]?.createdAt;
    return { afterSeq, count: unread.length, ...(since !== undefined && { since }) };
  }

  #isNew({ seq, userId, system, deletedAt }: Message, afterSeq: number): boolean {
    return seq > afterSeq && userId !== this.#me && !system && deletedAt === undefined;
  }
}
