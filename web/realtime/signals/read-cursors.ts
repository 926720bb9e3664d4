import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { Clock } from '../clock.ts';
import { type MyState, threadIn } from '../replica/my-cursors.ts';
import type { PendingSignalStore } from './pending-signals.ts';

/** Reads are throttled to one in this time. */
const SEND_EVERY_MS = 1_000;
/** The wait after `rate_limited` when the server names none. */
const RATE_LIMIT_WAIT_MS = 1_000;

/** Cursors that were moved on purpose are sent first, because later reads count from there. */
const PARTS = ['moves', 'reads'] as const;
type Part = (typeof PARTS)[number];

/** What the cursors need from their surroundings. */
export interface ReadParts {
  clock: Clock;
  /** My state as the server knows it; undefined before the first state. */
  me(): MyState | undefined;
  isLive(): boolean;
  /** Returns whether the frame was taken. */
  send(frame: FrameOf<'thread_read'>): boolean;
  pending: PendingSignalStore;
}

/** The timeline (undefined) or a thread. */
type Where = string | undefined;

/** Where a cursor is to be, the mark that was known when it was moved, and whether it was sent on this connection. */
interface Cursor {
  seq: number;
  mark?: number | undefined;
  isSent: boolean;
}

/**
 * Sends how far I have read the group and its threads: forward automatically, back only on purpose. What the server has
 * not acknowledged is stored, and survives the page.
 */
export class ReadCursors {
  readonly #parts: ReadParts;
  /** What was read, and what was moved on purpose, until the server acknowledges it. */
  readonly #cursors = { reads: new Map<Where, Cursor>(), moves: new Map<Where, Cursor>() };
  /** Where reading does not count until the end of this visit. */
  readonly #unread = new Set<Where>();
  #cancelFlush: (() => void) | undefined;
  /** My state with the highest cursor of the timeline that the server has had. It may lose the last seconds. */
  #highest: MyState | undefined;

  constructor(parts: ReadParts) {
    this.#parts = parts;
    const pending = parts.pending.read();
    for (const part of PARTS) {
      for (const [where, cursor] of Object.entries(pending[part])) {
        this.#cursors[part].set(where || undefined, { ...cursor, isSent: false });
      }
    }
  }

  /** How far the timeline is read, also what is not acknowledged; undefined before the first state. */
  get readSeq(): number | undefined {
    const me = this.#parts.me();
    const moved = this.#cursors.moves.get(undefined);
    const read = this.#cursors.reads.get(undefined);
    if (!me || moved) return moved?.seq;
    return read?.mark === me.mark ? Math.max(read.seq, me.readSeq) : me.readSeq;
  }

  /** Everything up to this seq was shown. */
  read(seq: number, where: Where): void {
    const me = this.#parts.me();
    if (!me || this.#unread.has(where)) return;
    this.#repeatLost(me);
    const known = this.#known(me, where);
    const shown = this.#cursors.reads.get(where);
    const before = shown?.mark === me.mark ? shown.seq : 0;
    // A thread that I have no part in has no cursor.
    if (known === undefined || seq <= Math.max(known, before)) return;
    this.#keep('reads', where, { seq, mark: me.mark, isSent: false });
    this.#cancelFlush ??= this.#parts.clock.after(SEND_EVERY_MS, () => this.flush());
  }

  /** Moves the cursor before this message; reading does not count there until `leave`. */
  markUnread(seq: number, where: Where): void {
    this.#unread.add(where);
    this.#move(seq - 1, where);
  }

  /** Marks everything up to this seq as read on purpose. Reading counts again where it was marked unread. */
  markRead(seq: number, where: Where): void {
    if (this.#unread.delete(where)) this.#move(seq, where);
    else this.read(seq, where);
  }

  /** Sends what was not sent; waits while there is no connection. */
  flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    const me = this.#parts.me();
    if (!me || !this.#parts.isLive()) return;
    this.acknowledged();
    for (const part of PARTS) {
      for (const [where, { seq, mark = me.mark, isSent }] of this.#cursors[part]) {
        if (isSent) continue;
        const wasTaken = this.#send(where, {
          seq,
          mark,
          ...(part === 'moves' && { manual: true }),
        });
        this.#keep(part, where, { seq, mark, isSent: wasTaken });
      }
    }
  }

  /** My state has changed: drops what the server has acknowledged. */
  acknowledged(): void {
    const me = this.#parts.me();
    if (!me) return;
    this.#repeatLost(me);
    const { reads, moves } = this.#cursors;
    for (const [where, { mark = me.mark }] of moves) {
      // A thread that is gone has no cursor to move.
      const isGone = this.#known(me, where) === undefined;
      if (isGone || me.mark > mark) this.#drop('moves', where);
    }
    for (const [where, { seq, mark }] of reads) {
      const isKnown = seq <= (this.#known(me, where) ?? seq);
      // Another tab has moved the cursor back since: what was read before is unread again.
      if (isKnown || mark !== me.mark) this.#drop('reads', where);
    }
  }

  /** The user has lost the group. */
  forget(): void {
    this.close();
    for (const part of PARTS) this.#cursors[part].clear();
  }

  /** The connection is lost: frames that were sent on it may not have arrived. */
  disconnected(): void {
    this.#markUnsent();
  }

  /** The server refused a frame for now, and does not say which. Sends all of them again after the wait. */
  refused(retryAfterMs = RATE_LIMIT_WAIT_MS): void {
    this.#markUnsent();
    if (this.#cursors.reads.size + this.#cursors.moves.size === 0) return;
    this.#cancelFlush?.();
    this.#cancelFlush = this.#parts.clock.after(retryAfterMs, () => this.flush());
  }

  /** The visit is over: sends the last read; the next visit reads again. */
  leave(): void {
    this.flush();
    this.#unread.clear();
  }

  /** Ends its timer. */
  close(): void {
    this.#cancelFlush?.();
  }

  #repeatLost(me: MyState): void {
    const { mark, readSeq: seq } = this.#highest ?? me;
    if (mark === me.mark && seq > me.readSeq)
      this.#keep('reads', undefined, { seq, mark, isSent: false });
    else this.#highest = me;
  }

  #markUnsent(): void {
    for (const part of PARTS) {
      for (const cursor of this.#cursors[part].values()) cursor.isSent = false;
    }
  }

  #move(seq: number, where: Where): void {
    this.#drop('reads', where);
    this.#keep('moves', where, { seq, isSent: false });
    this.flush();
  }

  #keep(part: Part, where: Where, cursor: Cursor): void {
    const { seq, mark } = cursor;
    this.#cursors[part].set(where, cursor);
    this.#parts.pending.set(part, where ?? '', { seq, mark });
  }

  #drop(part: Part, where: Where): void {
    this.#cursors[part].delete(where);
    this.#parts.pending.set(part, where ?? '');
  }

  #known(me: MyState, where: Where): number | undefined {
    return where === undefined ? me.readSeq : threadIn(me, where)?.readSeq;
  }

  #send(where: Where, read: { seq: number; mark: number; manual?: true }): boolean {
    return this.#parts.send({
      type: 'thread_read',
      ...(where !== undefined && { parentId: where }),
      ...read,
    });
  }
}
