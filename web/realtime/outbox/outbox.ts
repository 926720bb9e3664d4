import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { Failure } from '../../../protocol/errors.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import {
  type ChangeRow,
  frameOf,
  isAbout,
  isStale,
  type NewChange,
  type NewMessage,
  newOutboxRow,
} from '../cache/outbox-row.ts';
import type { Clock } from '../clock.ts';
import type { RowEvent } from '../replica/row-event.ts';
import { OutboxEntries } from './entries.ts';
import { OutboxEntry, type Sending } from './entry.ts';
import { isOvertaken, settledBy } from './entry-order.ts';
import { nextToSend } from './next-to-send.ts';
import type { OutboxView } from './outbox-view.ts';
import type { OutboxStore } from './store.ts';

/** Without an answer for so long, the row says that it is pending (behaviour.md, "Sending"). */
const PENDING_AFTER_MS = 1_000;
/** Without an answer for so long on a live connection, it has failed. */
const UNANSWERED_AFTER_MS = 10_000;
/** What changes nothing on the server has no event: without one for so long, how the message stands is looked up. */
const CHECK_AFTER_MS = 1_000;
/** The wait after `rate_limited` when the server names none. */
const RATE_LIMIT_WAIT_MS = 1_000;

const UNANSWERED: Failure = {
  code: 'unavailable',
  detail: 'The server did not answer. Try again.',
};
const TOO_LARGE: Failure = {
  code: 'too_large',
  detail: 'This message is too large to be sent. Shorten it.',
};

/** What an outbox needs from its surroundings. */
export interface OutboxParts {
  userId: string;
  groupId: string;
  store: OutboxStore;
  clock: Clock;
  /** Puts the frame on the live connection. */
  transmit(frame: FrameOf<'message' | 'edit_message' | 'delete_message' | 'reaction'>): void;
  /** Whether the message is held, and stands as the change wants it. */
  isShown(change: ChangeRow): boolean;
  /** Asks how the message stands; what comes of it is told by `settle` or `gone`. */
  check(messageId: string): void;
  /** The view has changed. */
  changed(): void;
  /** A row waits for its answer unusually long: the connection may be dead. */
  answerLate(): void;
}

/**
 * What a person wrote and changed in one group and the server has not acknowledged: kept in `OutboxStore`, sent in order,
 * one at a time. A row may go out twice: a message has its id, which the server answers with the message that is there,
 * and a change leaves the message as it is already.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #outboxEntries: OutboxEntries;
  #loaded = false;
  #live = false;
  #pausedUntil = 0;
  #cancelWake: (() => void) | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#outboxEntries = new OutboxEntries({
      ...parts,
      adopted: (entries) => {
        for (const entry of entries) this.#pendLater(entry);
        this.#sendNext();
      },
    });
  }

  get view(): OutboxView {
    return this.#outboxEntries.view;
  }

  /** Takes up what earlier visits left. Until then nothing goes out: what was written first is sent first. */
  async open(): Promise<void> {
    await this.#outboxEntries.open();
    this.#loaded = true;
    this.#sendNext();
  }

  /** Ends its timers; the rows stay stored. */
  close(): void {
    this.#cancelWake?.();
    this.#outboxEntries.close();
    this.#live = false;
  }

  /** Shows the message at once; resolves when it is stored, and the draft that it was, if any, is gone with it. */
  add(message: NewMessage, options: { wasDraft?: boolean } = {}): Promise<void> {
    return this.#enqueue(message, options);
  }

  /**
   * Shows the change at once. It takes the place of what waits to be sent and is about the same. That may have gone out on
   * a connection that is lost: then the message may look right only because nobody has told us yet that it changed.
   */
  change(wish: NewChange): void {
    const row = newOutboxRow(this.#parts, wish, this.#parts.clock.now());
    const before = this.#replaceWaiting(row);
    const mayDiffer = before.some((entry) => entry.mayHaveArrived);
    if (mayDiffer || !this.#parts.isShown(row)) void this.#enqueue(wish, {});
  }

  /**
   * Hides a message and stores its deletion at once, so that it outlives the page. It goes out after `ms`, or when the page
   * is left; until then `takeBack` undoes it.
   */
  deleteIn(ms: number, messageId: string): void {
    if (this.#heldOf(messageId)) return;
    const { clock } = this.#parts;
    const heldUntil = clock.now() + ms;
    const cancelHold = clock.after(ms, () => {
      this.#release(messageId);
      this.#sendNext();
    });
    const wish: NewChange = { type: 'delete', messageId, heldUntil };
    void this.#enqueue(wish, {}, { state: 'held', cancelHold });
  }

  /** The message was not to be deleted after all. Does nothing once the deletion has gone out. */
  undoDeletion(messageId: string): void {
    const entry = this.#heldOf(messageId);
    if (entry) this.#outboxEntries.drop(entry);
  }

  /**
   * The page is left, and nobody can take a deletion back any more: those go out now, all at once, while the connection is
   * there. They stay stored until they are acknowledged.
   */
  leavePage(): void {
    for (const messageId of this.view.held) {
      const entry = this.#release(messageId);
      if (entry && this.#live) this.#transmit(entry);
    }
  }

  /** The server told of a change: what it answers is done. */
  settle(event: RowEvent): void {
    const settled = settledBy(event, this.#outboxEntries.entries);
    for (const entry of settled) this.#outboxEntries.drop(entry);
    if (settled.length > 0) this.#sendNext();
  }

  /** There is no such message any more, and nothing of it to be changed. */
  gone(messageId: string): void {
    for (const entry of this.#outboxEntries.changesOf(messageId)) this.#outboxEntries.drop(entry);
    this.#sendNext();
  }

  /** An `error` event: if it is about one of these rows, that one has failed, or waits if it was too many. */
  refuse(error: ErrorEvent): void {
    const entry = this.#outboxEntries.find(error.ref ?? error.id ?? '');
    if (!entry) return;
    const isChange = entry.row.type !== 'message';
    if (error.code === 'rate_limited') {
      this.#pausedUntil = this.#parts.clock.now() + (error.retryAfterMs ?? RATE_LIMIT_WAIT_MS);
      entry.become({ state: 'waiting', notBefore: 0 });
    } else if (isChange && (error.code === 'not_found' || isOvertaken(entry, this.#entries))) {
      this.#outboxEntries.drop(entry);
    } else {
      this.#fail(entry, { code: error.code, detail: error.message });
    }
    this.#outboxEntries.rebuildView();
    this.#sendNext();
  }

  /** What is in flight was over the size of a frame and ended the connection, as it would again. */
  refuseTooLarge(): void {
    for (const entry of this.#entries) {
      if (entry.sending.state === 'in-flight') this.#fail(entry, TOO_LARGE);
    }
    this.#outboxEntries.rebuildView();
  }

  /** Sends a failed or stale message again, under its id. */
  retry(id: string): void {
    const entry = this.#outboxEntries.find(id);
    if (entry) this.#retry([entry]);
  }

  /** Sends my failed changes of a message again. */
  retryChanges(messageId: string): void {
    this.#retry(this.#outboxEntries.changesOf(messageId));
  }

  /** Gives up my failed changes of a message. */
  dropChanges(messageId: string): void {
    const failed = this.#outboxEntries.changesOf(messageId).filter((entry) => entry.isHalted);
    for (const entry of failed) this.#outboxEntries.drop(entry);
  }

  /** Drops a message and gives its text back. It may have arrived all the same: then it is deleted there. */
  discard(id: string): string | undefined {
    const entry = this.#outboxEntries.find(id);
    if (entry?.row.type !== 'message') return undefined;
    const { content } = entry.row;
    if (entry.mayHaveArrived) this.change({ type: 'delete', messageId: id });
    this.#outboxEntries.drop(entry);
    this.#sendNext();
    return content;
  }

  /** The connection is live: everything that is not acknowledged goes out (again). */
  connected(): void {
    this.#live = true;
    const now = this.#parts.clock.now();
    for (const entry of this.#entries) {
      const { state } = entry.sending;
      if (state === 'in-flight' || state === 'unanswered') {
        entry.become({ state: 'waiting', notBefore: 0 });
      }
      if (entry.sending.state === 'waiting' && isStale(entry.row, now)) {
        entry.become({ state: 'stale' });
      }
    }
    this.#outboxEntries.rebuildView();
    this.#sendNext();
  }

  /** Nothing can go out: rows wait, and time does not count against them. */
  disconnected(): void {
    this.#live = false;
    for (const entry of this.#entries) {
      if (entry.sending.state === 'in-flight') entry.become({ state: 'waiting', notBefore: 0 });
      entry.pending = true;
    }
    this.#outboxEntries.rebuildView();
  }

  /** Forgets every row of the group, and deletes all that this machine keeps of it. */
  async forget(): Promise<void> {
    const { store, userId, groupId } = this.#parts;
    this.#outboxEntries.clear();
    await store.forget(userId, groupId);
  }

  get #entries(): readonly OutboxEntry[] {
    return this.#outboxEntries.entries;
  }

  #heldOf(messageId: string): OutboxEntry | undefined {
    return this.#outboxEntries.changesOf(messageId).find(({ sending }) => sending.state === 'held');
  }

  /** The deletion is to go out, in place of all that waits to be sent about its message; gives it. */
  #release(messageId: string): OutboxEntry | undefined {
    const entry = this.#heldOf(messageId);
    if (!entry || entry.row.type === 'message') return undefined;
    entry.become({ state: 'waiting', notBefore: 0 });
    this.#replaceWaiting(entry.row);
    this.#outboxEntries.rebuildView();
    return entry;
  }

  /** Drops what waits to be sent and is about the same; gives all that is about the same. */
  #replaceWaiting(row: ChangeRow): OutboxEntry[] {
    const before = this.#entries.filter((entry) => entry.row !== row && isAbout(entry.row, row));
    for (const entry of before)
      if (entry.sending.state !== 'in-flight') this.#outboxEntries.drop(entry);
    return before;
  }

  async #enqueue(
    wish: NewMessage | NewChange,
    options: { wasDraft?: boolean },
    sending: Sending = { state: 'waiting', notBefore: 0 },
  ): Promise<void> {
    const row = newOutboxRow(this.#parts, wish, this.#parts.clock.now());
    const entry = new OutboxEntry(row, sending, false);
    this.#pendLater(entry);
    await this.#outboxEntries.add(entry, options);
    this.#sendNext();
  }

  #sendNext(): void {
    this.#cancelWake?.();
    if (!this.#live || !this.#loaded) return;
    const now = this.#parts.clock.now();
    const next = nextToSend(this.#entries, now, this.#pausedUntil);
    if (next.state === 'now') this.#transmit(next.entry);
    if (next.state === 'later') {
      this.#cancelWake = this.#parts.clock.after(next.at - now, () => this.#sendNext());
    }
  }

  #transmit(entry: OutboxEntry): void {
    const { row } = entry;
    const { clock } = this.#parts;
    const cancelCheck = clock.after(CHECK_AFTER_MS, () => {
      if (row.type !== 'message') this.#parts.check(row.messageId);
    });
    const cancelAnswer = clock.after(UNANSWERED_AFTER_MS, () => {
      entry.become({ state: 'unanswered', failure: UNANSWERED });
      this.#outboxEntries.rebuildView();
      this.#sendNext();
    });
    const cancelLimit = (): void => {
      cancelCheck();
      cancelAnswer();
    };
    entry.become({ state: 'in-flight', cancelLimit });
    this.#parts.transmit(frameOf(row));
  }

  #retry(entries: readonly OutboxEntry[]): void {
    for (const entry of entries.filter((it) => it.isHalted)) {
      const { failure: _, ...row } = entry.row;
      this.#outboxEntries.replace(entry, { ...row, queuedAt: this.#parts.clock.now() });
      entry.become({ state: 'waiting', notBefore: 0 });
      this.#pendLater(entry);
    }
    this.#outboxEntries.rebuildView();
    this.#sendNext();
  }

  #fail(entry: OutboxEntry, failure: Failure): void {
    const { code, detail } = failure;
    this.#outboxEntries.replace(entry, { ...entry.row, failure: { code, detail } });
    entry.become({ state: 'refused', failure });
  }

  #pendLater(entry: OutboxEntry): void {
    entry.pending = !this.#live;
    entry.pendLater(
      this.#parts.clock.after(PENDING_AFTER_MS, () => {
        entry.pending = true;
        this.#outboxEntries.rebuildView();
        if (entry.sending.state === 'in-flight') this.#parts.answerLate();
      }),
    );
  }
}
