import { ok, type Result } from '../../../protocol/errors.ts';
import { RECEIPTS_MEMBERS, RESUME_ROWS } from '../../../protocol/limits.ts';
import type { ReceiptUpdateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import type { Cursor } from '../rows/cursor-store.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay } from './permissions.ts';
import type { Threads } from './threads.ts';

/** A client that applies messages this late is not just slow for a moment. */
const FAR_BEHIND_MS = 10_000;

/** What the rules of receipts need from outside. */
export interface ReceiptEffects {
  clock: Clock;
  /** A read cursor has moved. It is stored soon. */
  moved: () => void;
  /** Sends to everyone, or only to one user's clients. */
  publish: (event: ReceiptUpdateEvent, onlyTo?: string) => void;
}

/**
 * Updates the event of a cursor's move to where the cursor is now. A manual move is sent as two events, to everyone and to
 * the user's own clients, each throttled on its own: the later one must not carry an old position.
 */
export function asItIsNow(event: ReceiptUpdateEvent, cursor: Cursor): ReceiptUpdateEvent {
  if (event.parentId !== undefined) return event;
  const { readSeq, deliveredSeq, readAt, mark } = cursor;
  return {
    ...event,
    ...(event.readSeq !== undefined && { readSeq }),
    ...(event.deliveredSeq !== undefined && { deliveredSeq }),
    ...(event.readAt !== undefined && readAt !== null && { readAt }),
    ...(event.mark !== undefined && { mark }),
  };
}

/** The rules of receipts: each user has one cursor, which only moves forward unless the user marks as unread. */
export class Receipts {
  readonly #store: RoomStore;
  readonly #threads: Threads;
  readonly #effects: ReceiptEffects;

  constructor(store: RoomStore, threads: Threads, effects: ReceiptEffects) {
    this.#store = store;
    this.#threads = threads;
    this.#effects = effects;
  }

  /** Moves a read cursor. A read with an old `mark` was sent before a manual move, and is ignored. */
  read(
    userId: string,
    {
      parentId,
      seq,
      mark,
      manual,
    }: { parentId?: string | undefined; seq: number; mark: number; manual?: true | undefined },
  ): Result<null> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const before = this.#store.cursors.cursor(userId);
    if (!manual && mark !== before.mark) return ok(null);
    if (parentId !== undefined) return this.#readThread(before, parentId, seq, manual === true);
    const readSeq = Math.min(seq, this.#store.messages.lastSeq());
    if (readSeq <= before.readSeq && !manual) return ok(null);
    const after = {
      ...before,
      readSeq,
      readAt: this.#effects.clock(),
      deliveredSeq: Math.max(before.deliveredSeq, readSeq),
      mark: before.mark + Number(manual === true),
    };
    this.#put(after, { isByHand: manual === true });
    this.#publish(after, before);
    return ok(null);
  }

  /** Moves the delivered cursor to what a client of this user has applied. No effect in groups too large for receipts. */
  delivered(userId: string, seq: number): Result<null> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    if (!this.#isShown()) return ok(null);
    const before = this.#store.cursors.cursor(userId);
    const deliveredSeq = Math.min(seq, this.#store.messages.lastSeq());
    if (deliveredSeq <= before.deliveredSeq) return ok(null);
    this.#store.cursors.deliver(userId, deliveredSeq);
    this.#publish({ ...before, deliveredSeq }, before);
    return ok(null);
  }

  /**
   * Whether a client that has applied everything up to `seq` cannot keep up: it lacks more rows than a resume may send, and
   * the first of them is old. The platform does not report how much it has queued for a socket, and queues until the
   * Room's memory is full.
   */
  isFarBehind(seq: number): boolean {
    const { messages } = this.#store;
    if (messages.lastSeq() - seq <= RESUME_ROWS) return false;
    const waitingSince = messages.firstSentAfter(seq);
    return waitingSince !== undefined && this.#effects.clock() - waitingSince > FAR_BEHIND_MS;
  }

  #readThread(cursor: Cursor, parentId: string, seq: number, manual: boolean): Result<null> {
    const read = this.#threads.read(cursor.userId, parentId, seq, manual);
    if (!read.ok || !manual) return read;
    const after = { ...cursor, mark: cursor.mark + 1 };
    this.#put(after, { isByHand: true });
    this.#publish(after, cursor);
    return ok(null);
  }

  /** A client repeats what it has read if that is lost, but not what its user moved by hand. */
  #put(cursor: Cursor, { isByHand }: { isByHand: boolean }): void {
    this.#store.cursors.put(cursor);
    if (isByHand) this.#store.cursors.save();
    this.#effects.moved();
  }

  #isShown(): boolean {
    return this.#store.memberCount() <= RECEIPTS_MEMBERS;
  }

  #publish(after: Cursor, before: Cursor): void {
    const { userId } = after;
    const moved = {
      ...(after.readSeq !== before.readSeq && { readSeq: after.readSeq }),
      ...(after.deliveredSeq !== before.deliveredSeq && { deliveredSeq: after.deliveredSeq }),
      ...(after.readSeq !== before.readSeq && after.readAt !== null && { readAt: after.readAt }),
    };
    const isShown = this.#isShown();
    if (isShown && Object.keys(moved).length > 0) {
      this.#effects.publish({ type: 'receipt_update', userId, ...moved });
    }
    // A user's own clients get it in groups of any size, and get the mark, which concerns nobody else.
    const mark = after.mark !== before.mark && { mark: after.mark };
    if (!isShown || mark) {
      this.#effects.publish({ type: 'receipt_update', userId, ...moved, ...mark }, userId);
    }
  }
}
