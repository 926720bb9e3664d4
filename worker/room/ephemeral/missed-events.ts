import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import { type Audience, isMeant } from '../../sockets/audience.ts';
import type { Poller, Pollers } from '../../sockets/pollers.ts';

/** The ephemeral events that clients without a socket have missed. In memory only: an eviction may lose some. */
export class MissedEvents {
  readonly #pollers: Pollers;
  /** For each client the newest event of each type, user and thread since it was last answered. */
  readonly #missed = new WeakMap<Poller, Map<string, EphemeralEvent>>();

  constructor(pollers: Pollers) {
    this.#pollers = pollers;
  }

  /** Keeps an ephemeral event for the next answers. */
  note(event: EphemeralEvent, to: Audience = {}): void {
    const thread = 'parentId' in event ? (event.parentId ?? '') : '';
    const key = `${event.type} ${event.userId} ${thread}`;
    for (const poller of this.#pollers.list(to.onlyTo)) {
      if (!isMeant(to, poller.userId)) continue;
      const missed = this.#missed.get(poller) ?? new Map<string, EphemeralEvent>();
      missed.set(key, merged(missed.get(key), event));
      this.#missed.set(poller, missed);
    }
  }

  /** Returns what a client has missed since the last call, and forgets it. */
  take(userId: string, client: string): EphemeralEvent[] {
    const poller = this.#pollers.find(userId, client);
    const events = [...((poller && this.#missed.get(poller)?.values()) ?? [])];
    if (poller) this.#missed.delete(poller);
    return events;
  }
}

/** Two moves of a cursor become one event with the fields of both: one may say read, the other delivered. */
function merged(earlier: EphemeralEvent | undefined, later: EphemeralEvent): EphemeralEvent {
  if (earlier?.type !== 'receipt_update' || later.type !== 'receipt_update') return later;
  return { ...earlier, ...later };
}
