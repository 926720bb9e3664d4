import { assertNever } from '../../protocol/assert-never.ts';
import type { Message, User } from '../../protocol/models.ts';
import type { Unsent } from './outbox-entry.ts';
import type { TimelineRow } from './room-view.ts';

type SentRow = TimelineRow & { state: 'sent' };

/**
 * Builds the rows of a timeline. A row of which nothing changed is the same object as last time, so that a memoised
 * component does not render again when something else changes.
 */
export class TimelineRows {
  #sent = new Map<string, SentRow>();
  readonly #unsent = new WeakMap<Unsent, TimelineRow>();

  /** `messages` oldest first; deleted ones are not shown; what `me` has not sent comes last, as it was written. */
  build(
    messages: readonly Message[],
    unsent: readonly Unsent[],
    me: string,
    userOf: (userId: string) => User | undefined,
  ): readonly TimelineRow[] {
    const sent = new Map<string, SentRow>();
    for (const message of messages) {
      if (message.deletedAt !== undefined) continue;
      const author = userOf(message.userId);
      const last = this.#sent.get(message.id);
      const isSame = last?.message === message && last.author === author;
      sent.set(message.id, isSame ? last : { state: 'sent', key: message.id, message, author });
    }
    this.#sent = sent;
    const waiting = unsent.filter(({ id }) => !sent.has(id));
    return [...sent.values(), ...waiting.map((row) => this.#unsentRow(row, userOf(me)))];
  }

  #unsentRow(unsent: Unsent, author: User | undefined): TimelineRow {
    const last = this.#unsent.get(unsent);
    if (last && last.author === author) return last;
    const row = rowOf(unsent, author);
    this.#unsent.set(unsent, row);
    return row;
  }
}

function rowOf(unsent: Unsent, author: User | undefined): TimelineRow {
  const { id: key, content, createdAt } = unsent;
  switch (unsent.state) {
    case 'failed':
      return { state: 'failed', key, content, createdAt, author, failure: unsent.failure };
    case 'sending':
    case 'pending':
    case 'stale':
      return { state: unsent.state, key, content, createdAt, author };
    default:
      return assertNever(unsent);
  }
}
