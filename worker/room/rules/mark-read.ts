import { ok, type Result } from '../../../protocol/errors.ts';
import { THREADS_IN_ENTRY } from '../../../protocol/limits.ts';
import type { ReadBefore } from '../../../protocol/reading.ts';
import type { MarkedRead } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { inboxEntry } from './inbox-entry.ts';
import { memberWhoMay } from './permissions.ts';
import type { Receipts } from './receipts.ts';
import type { Threads } from './threads.ts';

/**
 * Marks a whole group as read, its timeline and the threads that the user follows, and undoes it. What was written after the
 * `seq` up to which the user saw it stays unread.
 */
export class MarkRead {
  readonly #store: RoomStore;
  readonly #receipts: Receipts;
  readonly #threads: Threads;

  constructor(store: RoomStore, receipts: Receipts, threads: Threads) {
    this.#store = store;
    this.#receipts = receipts;
    this.#threads = threads;
  }

  /** Reads everything up to `seq`. */
  read(userId: string, seq: number): Result<MarkedRead> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const upTo = Math.min(seq, this.#store.messages.lastSeq());
    const { readSeq, mark } = this.#store.cursors.cursor(userId);
    const { unread } = this.#store.messages.timeline.countUnread(userId, readSeq, 1);
    const isUnread = readSeq < upTo && unread > 0;
    const threads = this.#unreadThreads(userId, upTo);
    if (isUnread) this.#receipts.read(userId, { seq: upTo, mark });
    // At once: no client repeats what its user marked as read in a list.
    this.#store.cursors.save();
    for (const { parentId } of threads) this.#threads.read(userId, parentId, upTo, false);
    const entry = inboxEntry(this.#store, member.value);
    if (!isUnread && threads.length === 0) return ok({ entry });
    const { groupId } = this.#store;
    return ok({ entry, before: { groupId, seq: upTo, ...(isUnread && { readSeq }), threads } });
  }

  /**
   * Moves the cursors back to where they were before `read`, as if by hand, so that no late read of another client undoes it.
   * A cursor that has moved since stays: a repeat does nothing, and what was really read in the meantime is read.
   */
  undo(userId: string, { seq, readSeq = seq, threads }: ReadBefore): Result<MarkedRead> {
    const member = memberWhoMay(this.#store, userId, 'read');
    if (!member.ok) return member;
    const cursor = this.#store.cursors.cursor(userId);
    const moves: Omit<Parameters<Receipts['read']>[1], 'mark'>[] = threads
      .filter((it) => it.readSeq < seq && this.#followOf(userId, it.parentId)?.readSeq === seq)
      .map((it) => ({ parentId: it.parentId, seq: it.readSeq }));
    if (readSeq < seq && cursor.readSeq === seq) moves.push({ seq: readSeq });
    // One of them counts as the move by hand: each would write the cursor of the group again.
    const last = moves.pop();
    for (const move of moves) {
      if (move.parentId !== undefined) this.#threads.read(userId, move.parentId, move.seq, true);
    }
    if (last) this.#receipts.read(userId, { ...last, mark: cursor.mark, manual: true });
    return ok({ entry: inboxEntry(this.#store, member.value) });
  }

  /** The threads with unread replies that the user follows and has not read up to `seq`. */
  #unreadThreads(userId: string, seq: number): ReadBefore['threads'] {
    return this.#store.follows.unread(userId, THREADS_IN_ENTRY).flatMap(({ parentId }) => {
      const follow = this.#followOf(userId, parentId);
      return follow && follow.readSeq < seq ? [{ parentId, readSeq: follow.readSeq }] : [];
    });
  }

  #followOf(userId: string, parentId: string) {
    const root = this.#store.messages.plainById(parentId);
    return root && this.#store.follows.find(userId, root.seq);
  }
}
