import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import { type Audience, isMeant } from '../../sockets/audience.ts';
import type { Poller, Pollers } from '../../sockets/pollers.ts';

/** A poll is a request of its own, so ephemeral events alone answer a client's polls at most this often. */
const ALONE_EVERY_MS = 1_000;

/** The ephemeral events that clients without a socket have missed. In memory only: an eviction may lose some. */
export class MissedEvents {
  readonly #pollers: Pollers;
  /** For each client the newest event of each type, user and thread since it was last answered. */
  readonly #missed = new WeakMap<Poller, Map<string, EphemeralEvent>>();
  /** When each client was last answered, ms UTC. */
  readonly #answeredAt = new WeakMap<Poller, number>();
  readonly #clock: Clock;

  constructor(pollers: Pollers, clock: Clock) {
    this.#pollers = pollers;
    this.#clock = clock;
  }

  /** Keeps an ephemeral event for the next answers, and wakes the held polls of the clients that had missed nothing. */
  note(event: EphemeralEvent, to: Audience = {}): void {
    for (const poller of this.#pollers.list(to.onlyTo)) {
      if (isMeant(to, poller.userId)) this.#keep(poller, event);
    }
  }

  /** Keeps for each client the events that are about users whom it watches. `events` are by user id. */
  noteWatched(events: ReadonlyMap<string, EphemeralEvent>): void {
    for (const poller of this.#pollers.list()) {
      for (const userId of poller.watching) {
        const event = events.get(userId);
        if (event) this.#keep(poller, event);
      }
    }
  }

  #keep(poller: Poller, event: EphemeralEvent): void {
    const key = keyOf(event);
    const missed = this.#missed.get(poller);
    if (missed) missed.set(key, merged(missed.get(key), event));
    else {
      this.#missed.set(poller, new Map([[key, event]]));
      this.#pollers.wake(poller);
    }
  }

  /** When a poll may be answered with what its client has missed alone, ms UTC; undefined if that is nothing. */
  dueAt(poller: Poller): number | undefined {
    if (!this.#missed.has(poller)) return undefined;
    return (this.#answeredAt.get(poller) ?? 0) + ALONE_EVERY_MS;
  }

  /** Returns what a client has missed since the last call, and forgets it: the client is answered now. */
  take(poller: Poller): EphemeralEvent[] {
    const events = [...(this.#missed.get(poller)?.values() ?? [])];
    this.#missed.delete(poller);
    this.#answeredAt.set(poller, this.#clock());
    return events;
  }
}

function keyOf(event: EphemeralEvent): string {
  const user = 'userId' in event ? event.userId : '';
  const thread = 'parentId' in event ? (event.parentId ?? '') : '';
  return `${event.type} ${user} ${thread}`;
}

/** Two moves of a cursor become one event with the fields of both: one may say read, the other delivered. */
function merged(earlier: EphemeralEvent | undefined, later: EphemeralEvent): EphemeralEvent {
  if (earlier?.type !== 'receipt_update' || later.type !== 'receipt_update') return later;
  return { ...earlier, ...later };
}
