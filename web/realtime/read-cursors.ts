import type { FrameOf } from '../../protocol/client-frames.ts';
import type { Clock } from './clock.ts';
import { type MyPlace, threadIn } from './my-place.ts';

/** Reads are told at most so often (behaviour.md, "Reading and unread"). */
const TELL_EVERY_MS = 1_000;
/** The wait after `rate_limited` when the server names none. */
const RATE_LIMIT_WAIT_MS = 1_000;

/** What the cursors need from their surroundings. */
export interface ReadParts {
  clock: Clock;
  /** My place as the server knows it; undefined before the first state. */
  me(): MyPlace | undefined;
  isLive(): boolean;
  /** Whether the frame was taken. */
  send(frame: FrameOf<'thread_read'>): boolean;
}

/** Where somebody reads: the timeline (undefined) or a thread. */
type Where = string | undefined;

/** Tells how far I have read the group and its threads: forward by itself, back only on purpose. */
export class ReadCursors {
  readonly #parts: ReadParts;
  /** How far each was shown, with the mark that was known then, and whether it is told. */
  readonly #shown = new Map<Where, { seq: number; mark: number; isTold: boolean }>();
  /** What was moved on purpose, until the server has counted it: the mark before it, and whether it is told. */
  readonly #moves = new Map<Where, { seq: number; mark: number | undefined; isTold: boolean }>();
  /** Where reading does not count until the end of this visit. */
  readonly #unread = new Set<Where>();
  #cancelTell: (() => void) | undefined;

  constructor(parts: ReadParts) {
    this.#parts = parts;
  }

  /** Everything up to this seq was shown. */
  read(seq: number, where: Where): void {
    const me = this.#parts.me();
    if (!me || this.#unread.has(where)) return;
    const known = this.#known(me, where);
    const shown = this.#shown.get(where);
    const before = shown?.mark === me.mark ? shown.seq : 0;
    // A thread that I have nothing to do with has no cursor.
    if (known === undefined || seq <= Math.max(known, before)) return;
    this.#shown.set(where, { seq, mark: me.mark, isTold: false });
    this.#cancelTell ??= this.#parts.clock.after(TELL_EVERY_MS, () => this.flush());
  }

  /** Moves the cursor before this message; reading no longer counts there until `leave`. */
  markUnread(seq: number, where: Where): void {
    this.#unread.add(where);
    this.#move(seq - 1, where);
  }

  /** Reads everything up to this seq on purpose: also where it was marked as unread before, and reading counts again. */
  markRead(seq: number, where: Where): void {
    if (this.#unread.delete(where)) this.#move(seq, where);
    else this.read(seq, where);
  }

  /** Tells what is not told; while there is no connection it waits for one. */
  flush(): void {
    this.#cancelTell?.();
    this.#cancelTell = undefined;
    const me = this.#parts.me();
    if (!me || !this.#parts.isLive()) return;
    for (const where of this.#moves.keys()) this.#tellMove(me, where);
    for (const [where, shown] of this.#shown) {
      const { seq, mark, isTold } = shown;
      const isKnown = seq <= (this.#known(me, where) ?? seq);
      // Another tab has moved back since: what was read before that is unread again.
      if (mark !== me.mark) this.#shown.delete(where);
      else shown.isTold = isTold || isKnown || this.#tell(where, { seq, mark });
    }
  }

  /** The connection is gone: what was told may not have arrived. */
  disconnected(): void {
    this.#doubt();
  }

  /** The server took no more for now: what was told may be what it refused. It is told again when it may be. */
  refused(retryAfterMs = RATE_LIMIT_WAIT_MS): void {
    this.#doubt();
    if (this.#shown.size + this.#moves.size === 0) return;
    this.#cancelTell?.();
    this.#cancelTell = this.#parts.clock.after(retryAfterMs, () => this.flush());
  }

  /** The visit is over: tells the last read, and the next visit reads again. */
  leave(): void {
    this.flush();
    this.#unread.clear();
  }

  /** Ends its timer. */
  close(): void {
    this.#cancelTell?.();
  }

  #doubt(): void {
    for (const shown of this.#shown.values()) shown.isTold = false;
    for (const move of this.#moves.values()) move.isTold = false;
  }

  #move(seq: number, where: Where): void {
    this.#shown.delete(where);
    this.#moves.set(where, { seq, mark: undefined, isTold: false });
    this.flush();
  }

  #tellMove(me: MyPlace, where: Where): void {
    const move = this.#moves.get(where);
    if (!move) return;
    const { seq, mark = me.mark, isTold } = move;
    if (me.mark > mark) {
      this.#moves.delete(where);
      return;
    }
    const isNowTold = isTold || this.#tell(where, { seq, mark, manual: true });
    this.#moves.set(where, { seq, mark, isTold: isNowTold });
  }

  #known(me: MyPlace, where: Where): number | undefined {
    return where === undefined ? me.readSeq : threadIn(me, where)?.readSeq;
  }

  #tell(where: Where, read: { seq: number; mark: number; manual?: true }): boolean {
    return this.#parts.send({
      type: 'thread_read',
      ...(where !== undefined && { parentId: where }),
      ...read,
    });
  }
}
