import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { Failure } from '../../../protocol/errors.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import { frameOf, isStale } from '../cache/outbox-row.ts';
import type { Clock } from '../clock.ts';
import type { OutboxEntries } from './entries.ts';
import type { OutboxEntry } from './entry.ts';
import { isOvertaken } from './settles.ts';

/** After this time without an answer, the page shows the entry as pending. */
const PENDING_AFTER_MS = 1_000;
/** After this time without an answer on a live connection, the entry has failed. */
const UNANSWERED_AFTER_MS = 10_000;
/** After this time without a connection, the page dims the entry. */
const LONG_AFTER_MS = 10_000;
/** A change that changes nothing on the server has no event: after this time the message is fetched to find out. */
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

/** What sending needs from its surroundings. */
export interface SendingParts {
  clock: Clock;
  /** Sends the frame over the live connection. */
  transmit(frame: FrameOf<'message' | 'edit_message' | 'delete_message' | 'reaction'>): void;
  /** Fetches the message; the result arrives through `settle` or `gone` of the outbox. */
  check(messageId: string): void;
  /** The answer to an entry takes unusually long: the connection may be dead. */
  answerLate(): void;
}

/**
 * Sends the entries of an outbox in order, one at a time, and again on each new connection until they are acknowledged.
 */
export class OutboxSending {
  readonly #parts: SendingParts;
  readonly #outboxEntries: OutboxEntries;
  #isLoaded = false;
  #isLive = false;
  #pausedUntil = 0;
  #cancelNext: (() => void) | undefined;

  constructor(parts: SendingParts, outboxEntries: OutboxEntries) {
    this.#parts = parts;
    this.#outboxEntries = outboxEntries;
  }

  /** The stored entries are loaded. Nothing is sent before that, because older entries go first. */
  loaded(): void {
    this.#isLoaded = true;
    this.next();
  }

  /** Stops sending and ends its timer. */
  close(): void {
    this.#cancelNext?.();
    this.#isLive = false;
  }

  /** The connection is live: sends (again) all that is not acknowledged. */
  connected(): void {
    this.#isLive = true;
    const now = this.#parts.clock.now();
    for (const entry of this.#entries) {
      const { state } = entry.sending;
      entry.isOffline = false;
      entry.isLong = false;
      entry.setLongTimer(undefined);
      if (state === 'in-flight' || state === 'unanswered') {
        entry.become({ state: 'waiting', notBefore: 0 });
      }
      if (entry.sending.state === 'waiting' && isStale(entry.row, now)) {
        entry.become({ state: 'stale' });
      }
    }
    this.#outboxEntries.rebuildView();
    this.next();
  }

  /** The connection is lost: entries wait, and time without an answer does not count as a failure. */
  disconnected(): void {
    this.#isLive = false;
    for (const entry of this.#entries) {
      if (entry.sending.state === 'in-flight') entry.become({ state: 'waiting', notBefore: 0 });
      entry.isLate = true;
      // A failed attempt to connect does not begin the time again.
      if (!entry.isOffline) this.#expectConnection(entry);
    }
    this.#outboxEntries.rebuildView();
  }

  /** Sends the next entry, now or when it is due. */
  next(): void {
    this.#cancelNext?.();
    if (!this.#isLive || !this.#isLoaded) return;
    const { clock } = this.#parts;
    const next = this.#outboxEntries.nextToSend(this.#pausedUntil);
    if (next.state === 'now') this.#transmit(next.entry);
    if (next.state === 'later') {
      this.#cancelNext = clock.after(next.at - clock.now(), () => this.next());
    }
  }

  /** Sends an entry out of turn, if the connection is live. */
  sendNow(entry: OutboxEntry): void {
    if (this.#isLive) this.#transmit(entry);
  }

  /** Sends failed and stale entries again, under their ids. */
  retry(entries: readonly OutboxEntry[]): void {
    for (const entry of entries.filter((it) => it.isHalted)) {
      const { failure: _, ...row } = entry.row;
      this.#outboxEntries.replace(entry, { ...row, queuedAt: this.#parts.clock.now() });
      entry.become({ state: 'waiting', notBefore: 0 });
      this.expectAnswer(entry);
    }
    this.#outboxEntries.rebuildView();
    this.next();
  }

  /** Takes an `error` event: an entry that it names fails, or waits after `rate_limited`. */
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
    this.next();
  }

  /** The frame in flight was too large and ended the connection. Sending it again would end the next one. */
  refuseTooLarge(): void {
    for (const entry of this.#entries) {
      if (entry.sending.state === 'in-flight') this.#fail(entry, TOO_LARGE);
    }
    this.#outboxEntries.rebuildView();
  }

  /** Shows the entry as pending when its answer is late, and reports that if it is in flight by then. */
  expectAnswer(entry: OutboxEntry): void {
    const { clock, answerLate } = this.#parts;
    entry.isLate = !this.#isLive;
    const cancelLate = clock.after(PENDING_AFTER_MS, () => {
      entry.isLate = true;
      this.#outboxEntries.rebuildView();
      if (entry.sending.state === 'in-flight') answerLate();
    });
    entry.setLateTimer(cancelLate);
    if (!this.#isLive) this.#expectConnection(entry);
  }

  get #entries(): readonly OutboxEntry[] {
    return this.#outboxEntries.entries;
  }

  /** Shows the entry as waiting for a connection, and for long after a time. */
  #expectConnection(entry: OutboxEntry): void {
    entry.isOffline = true;
    entry.isLong = false;
    const cancelLong = this.#parts.clock.after(LONG_AFTER_MS, () => {
      entry.isLong = true;
      this.#outboxEntries.rebuildView();
    });
    entry.setLongTimer(cancelLong);
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
      this.next();
    });
    const cancelLimit = (): void => {
      cancelCheck();
      cancelAnswer();
    };
    entry.become({ state: 'in-flight', cancelLimit });
    this.#parts.transmit(frameOf(row));
  }

  #fail(entry: OutboxEntry, failure: Failure): void {
    const { code, detail } = failure;
    this.#outboxEntries.replace(entry, { ...entry.row, failure: { code, detail } });
    entry.become({ state: 'refused', failure });
  }
}
