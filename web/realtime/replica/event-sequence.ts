import type { DurableEvent } from '../../../protocol/server-events.ts';
import type { Position } from '../connection/transport.ts';

/** An event that takes a rev, whether this version understands it or not. */
export type OrderedEvent = DurableEvent | { type: 'strange'; rev: number };

/**
 * Applies events in the order of their revs, each once. An event that arrives too early is set aside until its turn.
 */
export class EventSequence {
  readonly #apply: (event: OrderedEvent) => void;
  #position: Position | undefined;
  readonly #setAside = new Map<number, OrderedEvent>();

  /** `apply` is called with the next event, before the position moves. */
  constructor(apply: (event: OrderedEvent) => void) {
    this.#apply = apply;
  }

  /** Undefined before the first state. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** Whether changes are known to be missing: an event arrived whose rev is not the next one. */
  get hasGap(): boolean {
    return this.#setAside.size > 0;
  }

  /** Takes an event: drops one that is applied already, applies the next one, sets a later one aside. */
  take(event: OrderedEvent): void {
    if (this.#position && event.rev <= this.#position.since) return;
    this.#setAside.set(event.rev, event);
    this.#applyNext();
  }

  /** Moves to a position whose changes are applied already, and goes on from there. */
  moveTo(position: Position): void {
    this.#position = position;
    for (const rev of this.#setAside.keys()) if (rev <= position.since) this.#setAside.delete(rev);
    this.#applyNext();
  }

  /** Drops the events that are set aside. */
  clear(): void {
    this.#setAside.clear();
  }

  #applyNext(): void {
    while (this.#position) {
      const rev = this.#position.since + 1;
      const next = this.#setAside.get(rev);
      if (!next) return;
      this.#setAside.delete(rev);
      this.#apply(next);
      this.#position = { since: rev, epoch: this.#position.epoch };
    }
  }
}
