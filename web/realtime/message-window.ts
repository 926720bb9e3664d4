import type { Message } from '../../protocol/models.ts';

/**
 * The loaded stretch of a group's timeline: every message from the oldest one held up to the newest, by `seq`.
 * Rows merge by `rev`, the higher wins (architecture.md, rule 5).
 */
export class MessageWindow {
  readonly #byId = new Map<string, Message>();
  #bySeq: Message[] = [];
  #hasBefore = false;

  /** Oldest first. Not to be kept: it changes in place. */
  get messages(): readonly Message[] {
    return this.#bySeq;
  }

  /** Whether the server holds messages older than the oldest one here. */
  get hasBefore(): boolean {
    return this.#hasBefore;
  }

  /** The `seq` of the oldest message held. */
  get oldestSeq(): number | undefined {
    return this.#bySeq[0]?.seq;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Forgets everything and holds this page instead. */
  restart(messages: readonly Message[], hasBefore: boolean): void {
    this.#byId.clear();
    this.#bySeq = [];
    this.#hasBefore = false;
    for (const message of messages) this.merge(message);
    this.#hasBefore = hasBefore;
  }

  /** Extends the window downwards by the page that ends right below it. */
  extend(page: readonly Message[], hasBefore: boolean): void {
    const fresh = page.filter((message) => !this.#byId.has(message.id));
    for (const message of page) this.#replaceIfNewer(message);
    for (const message of fresh) this.#byId.set(message.id, message);
    this.#bySeq = [...fresh, ...this.#bySeq].sort((a, b) => a.seq - b.seq);
    this.#hasBefore = hasBefore;
  }

  /**
   * Takes one row. A held row is replaced only by a higher `rev`. A row below the window is not inserted: it would
   * stand above a hole that looks like history.
   */
  merge(message: Message): void {
    if (this.#byId.has(message.id)) {
      this.#replaceIfNewer(message);
      return;
    }
    if (this.#hasBefore && message.seq < (this.oldestSeq ?? 0)) return;
    this.#byId.set(message.id, message);
    this.#bySeq.splice(this.#placeOf(message.seq), 0, message);
  }

  #replaceIfNewer(message: Message): void {
    const held = this.#byId.get(message.id);
    if (!held || held.rev >= message.rev) return;
    this.#byId.set(message.id, message);
    this.#bySeq[this.#placeOf(message.seq)] = message;
  }

  /** The index of the first row at or above `seq`. What is new is nearly always the last. */
  #placeOf(seq: number): number {
    const newest = this.#bySeq.at(-1);
    if (!newest || newest.seq < seq) return this.#bySeq.length;
    let low = 0;
    let high = this.#bySeq.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#bySeq[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
