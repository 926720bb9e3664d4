import { assertNever } from '../../../protocol/assert-never.ts';
import type { Message, ThreadSummary } from '../../../protocol/models.ts';
import type { DurableEvent } from '../../../protocol/server-events.ts';
import { react } from '../message.ts';

/** A change of message rows: an event, or a whole row at its own `rev`. */
export type RowEvent =
  | Extract<
      DurableEvent,
      { type: 'message' | 'message_update' | 'message_delete' | 'reaction_update' }
    >
  | { type: 'row'; message: Message };

/** Whether there is more beyond the two ends of a window. */
export interface Ends {
  /** Whether the server has older messages than the oldest one here. */
  hasBefore: boolean;
  /** Whether the server has newer ones than the newest one here: the window is not at the present. */
  hasAfter: boolean;
}

/**
 * Consecutive messages by `seq`: every one of the timeline or thread from the oldest to the newest held. Rows merge by
 * `rev`, the higher wins (architecture.md, rule 5).
 */
export class MessageWindow {
  readonly #belongs: (message: Message) => boolean;
  readonly #byId = new Map<string, Message>();
  #bySeq: Message[] = [];
  #ends: Ends = { hasBefore: false, hasAfter: false };

  /** `belongs` selects the messages of the timeline, or of one thread. */
  constructor(belongs: (message: Message) => boolean) {
    this.#belongs = belongs;
  }

  /** Oldest first. Changes in place, so callers must not keep it. */
  get messages(): readonly Message[] {
    return this.#bySeq;
  }

  get hasBefore(): boolean {
    return this.#ends.hasBefore;
  }

  get hasAfter(): boolean {
    return this.#ends.hasAfter;
  }

  get oldestSeq(): number | undefined {
    return this.#bySeq[0]?.seq;
  }

  get newestSeq(): number | undefined {
    return this.#bySeq.at(-1)?.seq;
  }

  row(id: string): Message | undefined {
    return this.#byId.get(id);
  }

  /** Drops all messages and holds these instead. */
  restart(messages: readonly Message[], ends: Ends): void {
    this.#byId.clear();
    this.#bySeq = [];
    this.#ends = { hasBefore: false, hasAfter: false };
    for (const message of messages) this.merge(message);
    this.#ends = ends;
  }

  /** Joins messages that border on this window or overlap it; `ends` are the ends of both together. */
  absorb(messages: readonly Message[], ends: Ends): void {
    this.#ends = { hasBefore: false, hasAfter: false };
    for (const message of messages) this.#byId.set(message.id, this.#newer(message));
    this.#bySeq = [...this.#byId.values()].sort((a, b) => a.seq - b.seq);
    this.#ends = ends;
  }

  /**
   * Merges one row. A held row is replaced only by a higher `rev`. A row beyond an end with more behind it is not
   * inserted, because messages would be missing between.
   */
  merge(message: Message): void {
    const held = this.#byId.get(message.id);
    if (held) this.#replace(held, message);
    else if (this.#belongs(message) && !this.#isBeyond(message.seq)) {
      this.#byId.set(message.id, message);
      this.#bySeq.splice(this.indexOf(message.seq), 0, message);
    }
  }

  /** Applies an event to the held rows. A row changes only if the event's rev is above its own. */
  apply(event: RowEvent): void {
    switch (event.type) {
      case 'row':
      case 'message_update':
        this.merge(event.message);
        return;
      case 'message':
        this.merge(event.message);
        this.#summarise(event.rev, event.parent);
        return;
      case 'message_delete':
        this.#change(event.id, event.rev, (row) => erased(row, event.deletedAt));
        this.#summarise(event.rev, event.parent);
        return;
      case 'reaction_update':
        this.#change(event.id, event.rev, (row) => react(row, event));
        return;
      default:
        assertNever(event);
    }
  }

  /** Drops all rows but those from index `from` to before `to`. */
  keep(from: number, to: number): void {
    const rows = this.#bySeq.slice(from, to);
    const ends = {
      hasBefore: this.#ends.hasBefore || from > 0,
      hasAfter: this.#ends.hasAfter || to < this.#bySeq.length,
    };
    this.restart(rows, ends);
  }

  /** The index of the first row at or above `seq`. Searches from the end first, because most new rows are the last. */
  indexOf(seq: number): number {
    const newest = this.#bySeq.at(-1);
    if (!newest || newest.seq < seq) return this.#bySeq.length;
    let low = 0;
    let high = this.#bySeq.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#bySeq[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Updates the root of a reply that was created or deleted. */
  #summarise(rev: number, parent: ThreadSummary | undefined): void {
    if (!parent) return;
    const { id, ...summary } = parent;
    this.#change(id, rev, ({ replyCount: _, lastReplyAt: __, replyUserIds: ___, ...row }) =>
      summary.replyCount > 0 ? { ...row, ...summary } : row,
    );
  }

  /** Changes a held row that is older than `rev`. */
  #change(id: string, rev: number, change: (row: Message) => Message): void {
    const held = this.#byId.get(id);
    if (held && held.rev < rev) this.#replace(held, { ...change(held), rev });
  }

  #replace(held: Message, by: Message): void {
    if (held.rev >= by.rev) return;
    this.#byId.set(by.id, by);
    this.#bySeq[this.indexOf(by.seq)] = by;
  }

  #newer(message: Message): Message {
    const held = this.#byId.get(message.id);
    return held && held.rev >= message.rev ? held : message;
  }

  #isBeyond(seq: number): boolean {
    const { hasBefore, hasAfter } = this.#ends;
    return (
      (hasBefore && seq < (this.oldestSeq ?? Number.MAX_SAFE_INTEGER)) ||
      (hasAfter && seq > (this.newestSeq ?? 0))
    );
  }
}

/** What the Room leaves of a deleted message: its seq, its author and its thread. */
function erased(row: Message, deletedAt: number): Message {
  const {
    edited: _,
    reactions: __,
    mentions: ___,
    pinnedAt: ____,
    pinnedBy: _____,
    attachments: ______,
    ...rest
  } = row;
  return { ...rest, content: '', updatedAt: deletedAt, deletedAt };
}
