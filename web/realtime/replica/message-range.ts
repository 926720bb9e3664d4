import type { Message } from '../../../protocol/models.ts';
import type { MessagePage } from '../../../protocol/rest.ts';
import { MessageWindow } from './message-window.ts';
import { applyTo, type RowEvent } from './row-event.ts';

/** A page that was asked for: what lies beyond one end of a window, or around a message. */
export type PageRequest =
  | { window: MessageWindow; before: number }
  | { window: MessageWindow; after: number }
  | { around: string | number };

/** A message that is to be shown again, by its id or, where that is not known any more, by its place. */
export type SeekTarget = { id: string; seq?: number } | { id?: never; seq: number };

/** So many rows are held around what is looked at. More than a page needs, and few enough to be shown in time. */
const HELD_ROWS = 1_000;
/** Rows are let go so many at once, because every time costs a walk over all of them. */
const SPARE_ROWS = 200;
/** What stays of the present while another place is shown: enough to be back at once. */
const PRESENT_ROWS = 200;

/**
 * The timeline, or one thread, as far as it is loaded: always the present, followed live, and while an older place is
 * looked at a second window there. The two become one when they meet.
 */
export class MessageRange {
  /** Reaches up to the newest message. */
  readonly present: MessageWindow;
  readonly #belongs: (message: Message) => boolean;
  #elsewhere: MessageWindow | undefined;
  /** What leads up to the present, loaded only to be kept: from its oldest row at that time backwards. */
  #behind: MessageWindow | undefined;
  #lookedAt: number | undefined;
  #seekTarget: SeekTarget | undefined;

  constructor(belongs: (message: Message) => boolean) {
    this.#belongs = belongs;
    this.present = new MessageWindow(belongs);
  }

  /** The window that is looked at. */
  get shown(): MessageWindow {
    return this.#elsewhere ?? this.present;
  }

  row(id: string): Message | undefined {
    return this.present.row(id) ?? this.#elsewhere?.row(id);
  }

  /** What somebody waits to be shown, of which nothing is here: until then nothing is shown. */
  get seekTarget(): SeekTarget | undefined {
    return this.#seekTarget;
  }

  /** Forgets everything and holds these as the newest. An older place that somebody looks at is sought anew. */
  restart(messages: readonly Message[], hasBefore: boolean): void {
    const lost = this.#seekTarget ?? this.#middle();
    this.returnToPresent();
    this.#behind = undefined;
    this.present.restart(messages, { hasBefore, hasAfter: false });
    const isHere = lost?.id !== undefined && this.present.row(lost.id) !== undefined;
    if (lost && !isHere) this.seek(lost);
  }

  /** Leaves what is shown for the place of this message, which is not here yet. */
  seek(seekTarget: SeekTarget): void {
    this.returnToPresent();
    this.#seekTarget = seekTarget;
    this.#elsewhere = new MessageWindow(this.#belongs);
    this.#elsewhere.restart([], { hasBefore: true, hasAfter: true });
  }

  apply(event: RowEvent): void {
    applyTo(this.present, event);
    if (this.#elsewhere) applyTo(this.#elsewhere, event);
    if (this.#behind) applyTo(this.#behind, event);
    this.#letGo();
  }

  /** The row in the middle of what is looked at, by its `seq`; undefined while the newest is followed. */
  lookAt(seq: number | undefined): void {
    this.#lookedAt = seq;
  }

  /** Leaves the older place for the newest messages, which are there. */
  returnToPresent(): void {
    this.#elsewhere = undefined;
    this.#lookedAt = undefined;
    this.#seekTarget = undefined;
  }

  /** What to ask for next in that direction; undefined if there is nothing more. */
  beyond(end: 'before' | 'after'): PageRequest | undefined {
    const window = this.shown;
    const { oldestSeq: before, newestSeq: after } = window;
    if (before === undefined || after === undefined) return undefined;
    if (end === 'before') return window.hasBefore ? { window, before } : undefined;
    return window.hasAfter ? { window, after } : undefined;
  }

  /** The newest that are held without a gap, at most `count`, oldest first; some of them are shown nowhere. */
  newest(count: number): { messages: readonly Message[]; hasBefore: boolean } {
    const { present } = this;
    const { oldestSeq = 0 } = present;
    const behind = (this.#behind?.newestSeq ?? 0) >= oldestSeq ? this.#behind : undefined;
    const older = behind?.messages.slice(0, behind.indexOf(oldestSeq)) ?? [];
    const held = [...older, ...present.messages];
    const hasOlder = older.length > 0 ? behind?.hasBefore === true : present.hasBefore;
    return { messages: held.slice(-count), hasBefore: hasOlder || held.length > count };
  }

  /** What to ask for next, and how many at most, until the newest `count` are held; undefined once they are. */
  behind(count: number): { request: PageRequest; missing: number } | undefined {
    const { messages, hasBefore } = this.newest(count);
    const [oldest] = messages;
    if (!hasBefore || !oldest || messages.length >= count) return undefined;
    if (this.#behind?.oldestSeq !== oldest.seq) {
      this.#behind = new MessageWindow(this.#belongs);
      this.#behind.restart([oldest], { hasBefore, hasAfter: true });
    }
    const request = { window: this.#behind, before: oldest.seq };
    return { request, missing: count - messages.length };
  }

  /**
   * Takes a page in, and what changed while it was on its way. Dropped, with false, if the window that it borders on is
   * gone or has another end by now.
   */
  join(request: PageRequest, page: MessagePage, meanwhile: readonly RowEvent[]): boolean {
    const window = this.#take(request, page);
    if (!window) return false;
    for (const event of meanwhile) applyTo(window, event);
    this.#learn();
    if ('window' in request && window !== this.#behind) {
      this.#letGo(this.#lookedAt ?? ('before' in request ? request.before : request.after));
    }
    return true;
  }

  /** What is looked at; undefined while the newest is followed. */
  #middle(): SeekTarget | undefined {
    if (this.#lookedAt === undefined) return undefined;
    const { messages } = this.shown;
    const row = messages[this.shown.indexOf(this.#lookedAt)] ?? messages.at(-1);
    return row && { id: row.id, seq: row.seq };
  }

  /** The window that the page is in now; undefined if it fits nowhere. */
  #take(request: PageRequest, page: MessagePage): MessageWindow | undefined {
    if ('around' in request) {
      const window = new MessageWindow(this.#belongs);
      window.restart(page.messages, page);
      this.returnToPresent();
      this.#elsewhere = window;
      return window;
    }
    const { window } = request;
    const isHeld = [this.present, this.#elsewhere, this.#behind].includes(window);
    const { hasBefore, hasAfter } = window;
    if (!isHeld) return undefined;
    if ('before' in request) {
      if (window.oldestSeq !== request.before) return undefined;
      window.absorb(page.messages, { hasBefore: page.hasBefore, hasAfter });
    } else {
      if (window.newestSeq !== request.after) return undefined;
      window.absorb(page.messages, { hasBefore, hasAfter: page.hasAfter });
    }
    return window;
  }

  /** Makes one window of the two when nothing lies between them. */
  #learn(): void {
    const elsewhere = this.#elsewhere;
    if (!elsewhere) return;
    const isApart = (elsewhere.newestSeq ?? 0) < (this.present.oldestSeq ?? 0);
    if (elsewhere.hasAfter && isApart) return;
    const isWithin = (elsewhere.oldestSeq ?? 0) > (this.present.oldestSeq ?? 0);
    const { hasBefore } = isWithin ? this.present : elsewhere;
    this.present.absorb(elsewhere.messages, { hasBefore, hasAfter: false });
    this.#elsewhere = undefined;
  }

  /** Bounds what is held: rows far from what is looked at go, and can be asked for again. */
  #letGo(lookedAt = this.#lookedAt): void {
    const { present, shown } = this;
    if (shown !== present && present.messages.length > PRESENT_ROWS + SPARE_ROWS) {
      present.keep(present.messages.length - PRESENT_ROWS, present.messages.length);
    }
    const count = shown.messages.length;
    if (count <= HELD_ROWS + SPARE_ROWS) return;
    const middle = lookedAt === undefined ? count : shown.indexOf(lookedAt);
    const from = Math.min(Math.max(0, middle - HELD_ROWS / 2), count - HELD_ROWS);
    const to = from + HELD_ROWS;
    if (shown === present && to < count) this.#leavePresent(to);
    this.shown.keep(from, to);
  }

  /** What is looked at lies so far back that its window cannot reach up to the newest message: that one begins at `to`. */
  #leavePresent(to: number): void {
    const { messages, hasBefore } = this.present;
    this.#elsewhere = new MessageWindow(this.#belongs);
    this.#elsewhere.restart(messages, { hasBefore, hasAfter: false });
    this.present.keep(Math.max(messages.length - PRESENT_ROWS, to), messages.length);
  }
}
