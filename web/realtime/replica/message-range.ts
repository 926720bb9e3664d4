import type { Message } from '../../../protocol/models.ts';
import type { MessagePage } from '../../../protocol/rest.ts';
import { MessageWindow, type RowEvent } from './message-window.ts';

/** Which page is fetched: beyond one end of a window, or around a message. */
export type PageRequest =
  | { window: MessageWindow; before: number }
  | { window: MessageWindow; after: number }
  | { around: string | number };

/** A message that is to be shown again, by its id or, once that is gone, by its seq. */
export type SeekTarget = { id: string; seq?: number } | { id?: never; seq: number };

/** How many rows are held around the middle of the screen: more than a page needs, and few enough to render quickly. */
const HELD_ROWS = 1_000;
/** How many more rows are held before all of them are dropped at once, because dropping walks over all rows. */
const SPARE_ROWS = 200;
/** How many of the newest rows are held while older ones are shown, so that they can be shown at once. */
const PRESENT_ROWS = 200;

/**
 * The loaded part of a timeline or thread: a window at the present, which live events extend, and a second one while
 * older messages are shown. The two become one when they meet.
 */
export class MessageRange {
  /** The window that ends with the newest message. */
  readonly present: MessageWindow;
  readonly #belongs: (message: Message) => boolean;
  #elsewhere: MessageWindow | undefined;
  /**
   * Messages before the present window that are loaded for the cache only, back from its oldest message at that time.
   */
  #behind: MessageWindow | undefined;
  #lookedAt: number | undefined;
  #seekTarget: SeekTarget | undefined;

  constructor(belongs: (message: Message) => boolean) {
    this.#belongs = belongs;
    this.present = new MessageWindow(belongs);
  }

  /** The window that is shown. */
  get shown(): MessageWindow {
    return this.#elsewhere ?? this.present;
  }

  row(id: string): Message | undefined {
    return this.present.row(id) ?? this.#elsewhere?.row(id);
  }

  /** The messages that are waited for; no rows are shown until they are loaded. */
  get seekTarget(): SeekTarget | undefined {
    return this.#seekTarget;
  }

  /** Drops all messages and holds these as the newest. If older ones were shown, they are sought again. */
  restart(messages: readonly Message[], hasBefore: boolean): void {
    const lost = this.#seekTarget ?? this.#middle();
    this.returnToPresent();
    this.#behind = undefined;
    this.present.restart(messages, { hasBefore, hasAfter: false });
    const isHere = lost?.id !== undefined && this.present.row(lost.id) !== undefined;
    if (lost && !isHere) this.seek(lost);
  }

  /** Shows nothing until the messages around the target are loaded. */
  seek(seekTarget: SeekTarget): void {
    this.returnToPresent();
    this.#seekTarget = seekTarget;
    this.#elsewhere = new MessageWindow(this.#belongs);
    this.#elsewhere.restart([], { hasBefore: true, hasAfter: true });
  }

  apply(event: RowEvent): void {
    this.present.apply(event);
    this.#elsewhere?.apply(event);
    this.#behind?.apply(event);
    this.#trim();
  }

  /** The seq of the row in the middle of the screen; undefined while the list sticks to the newest. */
  lookAt(seq: number | undefined): void {
    this.#lookedAt = seq;
  }

  /** Shows the newest messages instead of older ones. */
  returnToPresent(): void {
    this.#elsewhere = undefined;
    this.#lookedAt = undefined;
    this.#seekTarget = undefined;
  }

  /** The next page in that direction; undefined if there is none. */
  beyond(end: 'before' | 'after'): PageRequest | undefined {
    const window = this.shown;
    const { oldestSeq: before, newestSeq: after } = window;
    if (before === undefined || after === undefined) return undefined;
    if (end === 'before') return window.hasBefore ? { window, before } : undefined;
    return window.hasAfter ? { window, after } : undefined;
  }

  /** The newest messages that are held without a gap, at most `count`, oldest first; some of them may not be shown. */
  newest(count: number): { messages: readonly Message[]; hasBefore: boolean } {
    const { present } = this;
    const { oldestSeq = 0 } = present;
    const behind = (this.#behind?.newestSeq ?? 0) >= oldestSeq ? this.#behind : undefined;
    const older = behind?.messages.slice(0, behind.indexOf(oldestSeq)) ?? [];
    const held = [...older, ...present.messages];
    const hasOlder = older.length > 0 ? behind?.hasBefore === true : present.hasBefore;
    return { messages: held.slice(-count), hasBefore: hasOlder || held.length > count };
  }

  /** The next page to load, and how many messages of it, until the newest `count` are held; undefined once they are. */
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
   * Joins a page, and the changes that arrived while it was fetched. Returns false and drops it if the window that it
   * borders on is gone or has changed its end.
   */
  join(request: PageRequest, page: MessagePage, meanwhile: readonly RowEvent[]): boolean {
    const window = this.#take(request, page);
    if (!window) return false;
    for (const event of meanwhile) window.apply(event);
    this.#learn();
    if ('window' in request && window !== this.#behind) {
      this.#trim(this.#lookedAt ?? ('before' in request ? request.before : request.after));
    }
    return true;
  }

  /** The message in the middle of the screen; undefined while the list sticks to the newest. */
  #middle(): SeekTarget | undefined {
    if (this.#lookedAt === undefined) return undefined;
    const { messages } = this.shown;
    const row = messages[this.shown.indexOf(this.#lookedAt)] ?? messages.at(-1);
    return row && { id: row.id, seq: row.seq };
  }

  /** Puts the page into a window and returns that; undefined if it borders on none. */
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

  /** Joins the two windows when nothing lies between them. */
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

  /** Drops rows far from the middle of the screen; they can be loaded again. */
  #trim(lookedAt = this.#lookedAt): void {
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

  /**
   * Older messages are shown, too far back for one window: splits off a present window, from index `to` at the
   * earliest.
   */
  #leavePresent(to: number): void {
    const { messages, hasBefore } = this.present;
    this.#elsewhere = new MessageWindow(this.#belongs);
    this.#elsewhere.restart(messages, { hasBefore, hasAfter: false });
    this.present.keep(Math.max(messages.length - PRESENT_ROWS, to), messages.length);
  }
}
