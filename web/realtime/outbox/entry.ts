import { assertNever } from '../../../protocol/assert-never.ts';
import type { Failure } from '../../../protocol/errors.ts';
import type { MessageRow, OutboxRow } from '../cache/outbox-row.ts';
import type { PendingChange } from './overlay.ts';

/** Where a row stands on its way out. */
export type Sending =
  /** Waits for its turn, and not before a time (ms UTC). */
  | { state: 'waiting'; notBefore: number }
  /** A deletion that the person can still take back. It is stored, so that it is not lost with the page. */
  | { state: 'held'; cancelHold: () => void }
  /** Sent; the answer has a limit. */
  | { state: 'in-flight'; cancelLimit: () => void }
  /** The server refused it. Only the person can decide what now. */
  | { state: 'refused'; failure: Failure }
  /** No answer came in time. It may have arrived, so the next connection sends it again under the same id. */
  | { state: 'unanswered'; failure: Failure }
  /** Too old to be sent without asking. */
  | { state: 'stale' };

/** An unsent message as the timeline shows it; replaced as a whole when it changes. */
export type UnsentMessage = Pick<
  MessageRow,
  'id' | 'content' | 'createdAt' | 'parentId' | 'alsoToGroup'
> &
  ({ state: 'sending' | 'pending' | 'stale' } | { state: 'failed'; failure: Failure });

type Look = { state: 'sending' | 'pending' | 'stale' } | { state: 'failed'; failure: Failure };

const TOO_OLD: Failure = {
  code: 'unavailable',
  detail: 'This is more than an hour old and was not sent. Send it again, or drop it.',
};

/** One row of the outbox. */
export class OutboxEntry {
  row: OutboxRow;
  sending: Sending;
  /** Whether it is stored: it must not go out before, or a crash could send it and keep it as a draft too. */
  stored: boolean;
  /** Whether the server may have it: it went out, or was found in the store. */
  mayHaveArrived: boolean;
  /** Whether the wait is long enough to be shown. */
  isLate = false;
  #cancelLate: (() => void) | undefined;
  #unsent: UnsentMessage | undefined;
  #change: PendingChange | undefined;

  /** `stored` is false for a row that is written just now. */
  constructor(row: OutboxRow, sending: Sending, stored: boolean) {
    this.row = row;
    this.sending = sending;
    this.stored = stored;
    this.mayHaveArrived = stored;
  }

  /** Gives up what `sending` holds and moves on. */
  become(sending: Sending): void {
    this.#cancelTimer();
    if (sending.state === 'in-flight') this.mayHaveArrived = true;
    this.sending = sending;
  }

  /** Whether it waits for the person to decide, or for the next connection. */
  get isHalted(): boolean {
    return ['refused', 'unanswered', 'stale'].includes(this.sending.state);
  }

  /** Marks it as pending later; the answer to `after` cancels that. */
  setLateTimer(cancel: () => void): void {
    this.#cancelLate?.();
    this.#cancelLate = cancel;
  }

  /** Ends its timers. */
  end(): void {
    this.#cancelLate?.();
    this.#cancelTimer();
  }

  /** As the timeline shows it, if it is a message: the same object while it looks the same. */
  unsent(): UnsentMessage | undefined {
    if (this.row.type !== 'message') return undefined;
    const { id, content, createdAt, parentId, alsoToGroup } = this.row;
    const look = this.#check();
    const last = this.#unsent;
    if (last && last.state === look.state && failureOf(last) === failureOf(look)) return last;
    const thread = { ...(parentId && { parentId }), ...(alsoToGroup && { alsoToGroup }) };
    this.#unsent = { id, content, createdAt, ...thread, ...look };
    return this.#unsent;
  }

  /** As its message shows it, if it is a change of one: the same object while it looks the same. */
  change(): PendingChange | undefined {
    const { row } = this;
    if (row.type === 'message') return undefined;
    const look = this.#check();
    const failure = look.state === 'stale' ? TOO_OLD : failureOf(look);
    const last = this.#change;
    if (last && last.row === row && last.failure === failure) return last;
    this.#change = { row, ...(failure && { failure }) };
    return this.#change;
  }

  #cancelTimer(): void {
    if (this.sending.state === 'in-flight') this.sending.cancelLimit();
    if (this.sending.state === 'held') this.sending.cancelHold();
  }

  #check(): Look {
    const { sending } = this;
    switch (sending.state) {
      case 'waiting':
      case 'held':
      case 'in-flight':
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

function failureOf(look: Look): Failure | undefined {
  return look.state === 'failed' ? look.failure : undefined;
}
