import { assertNever } from '../../../protocol/assert-never.ts';
import type { Failure } from '../../../protocol/errors.ts';
import {
  type ChangeRow,
  isUploading,
  type MessageRow,
  type OutboxRow,
} from '../cache/outbox-row.ts';

/** The state of an entry on its way to the server. */
export type Sending =
  /** Waits for its turn, and until a time (ms UTC). */
  | { state: 'waiting'; notBefore: number }
  /** A deletion that the user can still undo. It is stored, so that it survives the page. */
  | { state: 'held'; cancelHold: () => void }
  /** Sent; fails without an answer within a limit. */
  | { state: 'in-flight'; cancelLimit: () => void }
  /** The server refused it. The user decides what happens next. */
  | { state: 'refused'; failure: Failure }
  /** No answer came in time. It may have arrived, so the next connection sends it again under the same id. */
  | { state: 'unanswered'; failure: Failure }
  /** Too old to be sent without asking. */
  | { state: 'stale' };

/** An unsent message as the timeline shows it; replaced as a whole when it changes. */
export type UnsentMessage = Pick<
  MessageRow,
  'id' | 'content' | 'createdAt' | 'parentId' | 'alsoToGroup' | 'files'
> &
  EntryStatus;

/** My change of a message that the server has not acknowledged; replaced as a whole when it changes. */
export interface PendingChange {
  row: ChangeRow;
  failure?: Failure;
}

type EntryStatus =
  | { state: 'sending' | 'pending' | 'uploading' | 'stale' }
  | { state: 'waiting'; isLong: boolean }
  | { state: 'failed'; failure: Failure };

const TOO_OLD: Failure = {
  code: 'unavailable',
  detail: 'This is more than an hour old and was not sent. Send it again, or drop it.',
};

/** One message or change in the outbox. */
export class OutboxEntry {
  row: OutboxRow;
  sending: Sending;
  /** Whether the row is stored. It is not sent before, or a crash could both send it and keep it as a draft. */
  stored: boolean;
  /** Whether the server may have it: it was sent, or an earlier visit or another tab stored it. */
  mayHaveArrived: boolean;
  /** Whether the answer is so late that the page shows it as pending. */
  isLate = false;
  /** Whether it has been without a connection for so long that the page dims it. */
  isLong = false;
  /** Whether there is no connection to send it over. */
  isOffline = false;
  #cancelLate: (() => void) | undefined;
  #cancelLong: (() => void) | undefined;
  #unsent: UnsentMessage | undefined;
  #change: PendingChange | undefined;

  /** `stored` is false for a row that was written just now. */
  constructor(row: OutboxRow, sending: Sending, stored: boolean) {
    this.row = row;
    this.sending = sending;
    this.stored = stored;
    this.mayHaveArrived = stored;
  }

  /** Cancels the timers of the current state and takes the next one. */
  become(sending: Sending): void {
    this.#cancelTimer();
    if (sending.state === 'in-flight') this.mayHaveArrived = true;
    this.sending = sending;
  }

  /** Whether it waits for the user to decide, or for the next connection. */
  get isHalted(): boolean {
    return ['refused', 'unanswered', 'stale'].includes(this.sending.state);
  }

  /** Takes the function that cancels the timer after which its answer is late. */
  setLateTimer(cancel: () => void): void {
    this.#cancelLate?.();
    this.#cancelLate = cancel;
  }

  /** Takes the function that cancels the timer after which it has waited for long; undefined for no timer. */
  setLongTimer(cancel: (() => void) | undefined): void {
    this.#cancelLong?.();
    this.#cancelLong = cancel;
  }

  /** Ends its timers. */
  end(): void {
    this.#cancelLate?.();
    this.#cancelLong?.();
    this.#cancelTimer();
  }

  /** A message as the timeline shows it: the same object while it looks the same. Undefined for a change. */
  unsent(): UnsentMessage | undefined {
    if (this.row.type !== 'message') return undefined;
    const { id, content, createdAt, parentId, alsoToGroup, files } = this.row;
    const status = this.#status();
    const last = this.#unsent;
    if (last && last.files === files && isSameStatus(last, status)) return last;
    const thread = { ...(parentId && { parentId }), ...(alsoToGroup && { alsoToGroup }) };
    this.#unsent = { id, content, createdAt, ...thread, ...(files && { files }), ...status };
    return this.#unsent;
  }

  /** A change as its message shows it: the same object while it looks the same. Undefined for a message. */
  change(): PendingChange | undefined {
    const { row } = this;
    if (row.type === 'message') return undefined;
    const status = this.#status();
    const failure = status.state === 'stale' ? TOO_OLD : failureOf(status);
    const last = this.#change;
    if (last && last.row === row && last.failure === failure) return last;
    this.#change = { row, ...(failure && { failure }) };
    return this.#change;
  }

  #cancelTimer(): void {
    if (this.sending.state === 'in-flight') this.sending.cancelLimit();
    if (this.sending.state === 'held') this.sending.cancelHold();
  }

  #status(): EntryStatus {
    const { sending, isLong } = this;
    switch (sending.state) {
      case 'waiting':
      case 'held':
      case 'in-flight':
        if (this.isOffline) return { state: 'waiting', isLong };
        if (isUploading(this.row)) return { state: 'uploading' };
        return { state: this.isLate ? 'pending' : 'sending' };
      case 'refused':
      case 'unanswered':
        return { state: 'failed', failure: sending.failure };
      case 'stale':
        return { state: 'stale' };
      default:
        return assertNever(sending);
    }
  }
}

function isSameStatus(a: EntryStatus, b: EntryStatus): boolean {
  if (a.state === 'waiting') return b.state === 'waiting' && a.isLong === b.isLong;
  return a.state === b.state && failureOf(a) === failureOf(b);
}

function failureOf(status: EntryStatus): Failure | undefined {
  return status.state === 'failed' ? status.failure : undefined;
}
