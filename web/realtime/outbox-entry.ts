import { assertNever } from '../../protocol/assert-never.ts';
import type { Failure } from '../../protocol/errors.ts';
import type { OutboxRow } from './outbox-row.ts';

/** Where a message stands on its way out. */
export type Sending =
  /** Waits for its turn, and not before a time (ms UTC). */
  | { state: 'waiting'; notBefore: number }
  /** Sent; the answer has a limit. */
  | { state: 'flying'; cancelLimit: () => void }
  /** The server refused it. Only the person can decide what now. */
  | { state: 'refused'; failure: Failure }
  /** No answer came in time. It may have arrived, so the next connection sends it again under the same id. */
  | { state: 'unanswered'; failure: Failure }
  /** Too old to be sent without asking. */
  | { state: 'stale' };

/** An unsent message as the timeline shows it; replaced as a whole when it changes. */
export type Unsent = { id: string; content: string; createdAt: number } & (
  | { state: 'sending' | 'pending' | 'stale' }
  | { state: 'failed'; failure: Failure }
);

/** One message of the outbox. */
export class OutboxEntry {
  row: OutboxRow;
  sending: Sending;
  /** Whether it is stored: it must not go out before, or a crash could send it and keep it as a draft too. */
  stored: boolean;
  /** Whether the wait is long enough to be shown. */
  pending = false;
  #cancelPending: (() => void) | undefined;
  #shown: Unsent | undefined;

  constructor(row: OutboxRow, sending: Sending, stored: boolean) {
    this.row = row;
    this.sending = sending;
    this.stored = stored;
  }

  /** Gives up what `sending` holds and moves on. */
  become(sending: Sending): void {
    if (this.sending.state === 'flying') this.sending.cancelLimit();
    this.sending = sending;
  }

  /** Whether it is pending or will be. */
  get isCounting(): boolean {
    return this.pending || this.#cancelPending !== undefined;
  }

  /** Marks it as pending later; the answer to `after` cancels that. */
  pendLater(cancel: () => void): void {
    this.#cancelPending?.();
    this.#cancelPending = cancel;
  }

  /** Ends its timers. */
  end(): void {
    this.#cancelPending?.();
    if (this.sending.state === 'flying') this.sending.cancelLimit();
  }

  /** As the timeline shows it: the same object while it looks the same. */
  show(): Unsent {
    const { id, content, createdAt } = this.row;
    const look = this.#look();
    const last = this.#shown;
    const lastFailure = last?.state === 'failed' ? last.failure : undefined;
    const failure = look.state === 'failed' ? look.failure : undefined;
    if (last && last.state === look.state && lastFailure === failure) return last;
    this.#shown = { id, content, createdAt, ...look };
    return this.#shown;
  }

  #look(): { state: 'sending' | 'pending' | 'stale' } | { state: 'failed'; failure: Failure } {
    const { sending } = this;
    switch (sending.state) {
      case 'waiting':
      case 'flying':
        return { state: this.pending ? 'pending' : 'sending' };
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
