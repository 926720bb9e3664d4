import { UNREAD_IN_STATE } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import { namesMe } from '../message.ts';

/** How much of others is unread, and how much of it mentions me. */
export interface UnreadCount {
  count: number;
  mentions: number;
  /** There may be more than that. */
  isAtLeast: boolean;
}

/** What the server counted behind my read cursor, and what came since. */
export class UnreadTally {
  /** The cursor that it is counted from. */
  readonly afterSeq: number;
  #unread: number;
  #mentions: number;
  readonly #isCapped: boolean;
  /** Up to here the server has counted. */
  readonly #upTo: number;

  /** `rev` is where the group stood when the server counted. */
  constructor(me: { readSeq: number; unread: number; mentions: number }, rev: number) {
    this.afterSeq = me.readSeq;
    this.#unread = me.unread;
    this.#mentions = me.mentions;
    this.#isCapped = me.unread >= UNREAD_IN_STATE;
    this.#upTo = rev;
  }

  /** A new message of somebody else came. */
  arrived(message: Message, me: string): void {
    // Past what the server counts to, a sum would look like a count.
    if (message.seq <= this.#upTo || this.#isCapped) return;
    this.#unread += 1;
    if (namesMe(message, me)) this.#mentions += 1;
  }

  get total(): UnreadCount {
    return { count: this.#unread, mentions: this.#mentions, isAtLeast: this.#isCapped };
  }
}
