import { UNREAD_IN_STATE } from '../../../protocol/limits.ts';
import type { Message } from '../../../protocol/models.ts';
import { namesMe } from '../message.ts';

/** How many messages of others are unread, and how many of those mention me. */
export interface UnreadCount {
  count: number;
  mentions: number;
  /** There may be more. */
  isAtLeast: boolean;
}

/** Counts unread messages: those that the server counted after my read cursor, and those that arrived since. */
export class UnreadTally {
  /** The cursor after which it counts. */
  readonly afterSeq: number;
  #unread: number;
  #mentions: number;
  readonly #isCapped: boolean;
  /** The rev up to which the server has counted. */
  readonly #upTo: number;

  /** `rev` is the group's rev when the server counted. */
  constructor(me: { readSeq: number; unread: number; mentions: number }, rev: number) {
    this.afterSeq = me.readSeq;
    this.#unread = me.unread;
    this.#mentions = me.mentions;
    this.#isCapped = me.unread >= UNREAD_IN_STATE;
    this.#upTo = rev;
  }

  /** A new message of another user arrived. */
  arrived(message: Message, me: string): void {
    // The server stops counting there, so adding to its count would show a wrong number as exact.
    if (message.seq <= this.#upTo || this.#isCapped) return;
    this.#unread += 1;
    if (namesMe(message, me)) this.#mentions += 1;
  }

  get total(): UnreadCount {
    return { count: this.#unread, mentions: this.#mentions, isAtLeast: this.#isCapped };
  }
}
