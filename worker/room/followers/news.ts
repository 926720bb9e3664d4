import type { MessageNotification } from '../../../protocol/notifications.ts';

/** What news need from the Room around them. */
export interface NewsEffects {
  /** The seq of the newest message. */
  lastSeq(): number;
  /** The newest of the messages after `after` up to `upTo` that is unread by this user and notifies them. */
  unread(userId: string, range: { after: number; upTo: number }): MessageNotification | undefined;
}

/**
 * Which message a user's Inbox is sent with the next entry, to show it on open pages: one that was written since the last
 * entry. In memory only: a message of the second before an eviction shows in the list all the same.
 */
export class News {
  readonly #effects: NewsEffects;
  readonly #openedAt: number;
  /** Up to which message each Inbox has been sent. */
  readonly #sent = new Map<string, number>();
  /** The message that an edit made mention a user, until it is sent. */
  readonly #mentioned = new Map<string, number>();

  constructor(effects: NewsEffects) {
    this.#effects = effects;
    this.#openedAt = effects.lastSeq();
  }

  /** An edit of the message at `seq` mentions these users for the first time. */
  mentioned(userIds: readonly string[], seq: number): void {
    for (const userId of userIds) this.#mentioned.set(userId, seq);
  }

  /** The newest message that the user's Inbox lacks; undefined if none of them notifies the user. */
  of(userId: string): MessageNotification | undefined {
    const { unread, lastSeq } = this.#effects;
    const after = this.#sent.get(userId) ?? this.#openedAt;
    const written = unread(userId, { after, upTo: lastSeq() });
    const mentioned = this.#mentioned.get(userId);
    if (written || mentioned === undefined) return written;
    return unread(userId, { after: mentioned - 1, upTo: mentioned });
  }

  /** The user's Inbox has everything up to `seq`, or begins to listen and has asked for the state itself. */
  sent(userId: string, seq: number): void {
    this.#sent.set(userId, seq);
    this.#mentioned.delete(userId);
  }
}
