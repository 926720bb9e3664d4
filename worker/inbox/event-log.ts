import type { InboxEvent, InboxNews } from '../../protocol/inbox.ts';

/** How many events a client that polls may miss between two polls. One that missed more begins with the state again. */
const MOST_EVENTS = 200;

/** A client's position: it has the events up to number `since` of the log with this `epoch`. */
export interface LogPosition {
  since?: number | undefined;
  epoch?: string | undefined;
}

/** The latest events, numbered, for clients that poll. In memory only: after an eviction there is another log. */
export class EventLog {
  readonly epoch: string = crypto.randomUUID();
  #n = 0;
  #events: InboxEvent[] = [];

  /** The number of the newest event. */
  get n(): number {
    return this.#n;
  }

  /** Counts an event. `isKept`: whether a client may ask for it later. */
  add(event: InboxNews, isKept: boolean): void {
    this.#n += 1;
    if (isKept) this.#events.push({ ...event, n: this.#n });
    else this.#events = [];
    if (this.#events.length > MOST_EVENTS) this.#events.shift();
  }

  /** The events after a position; undefined if not all of them are here. */
  after({ since, epoch }: LogPosition): InboxEvent[] | undefined {
    if (epoch !== this.epoch || since === undefined || since > this.#n) return undefined;
    const missed = this.#n - since;
    if (missed > this.#events.length) return undefined;
    return this.#events.slice(this.#events.length - missed);
  }
}
