import { SOCKETS_PER_USER_PER_GROUP } from '../../../protocol/limits.ts';
import type { PresentState } from '../../../protocol/models.ts';
import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';

/** How long a user counts as present after their last poll. */
export const POLLER_PRESENT_MS = 40_000;

/** The same limit as for sockets: a user who makes up client names must not fill the Room's memory. */
const CLIENTS_PER_USER = SOCKETS_PER_USER_PER_GROUP;

interface Poller {
  userId: string;
  activity: PresentState;
  polledAt: number;
  /** The newest event of each type, user and thread since the client was last answered. */
  missed: Map<string, EphemeralEvent>;
}

/** Clients whose network blocks WebSockets. In memory only: an eviction may lose ephemeral events. */
export class Pollers {
  readonly #clock: Clock;
  readonly #pollers = new Map<string, Poller>();
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A client polls: it is present, and from now on the Room keeps the ephemeral events that it misses. */
  poll(userId: string, client: string): void {
    const key = keyOf(userId, client);
    const { activity, missed } = this.#current().get(key) ?? {
      activity: 'online',
      missed: new Map(),
    };
    // Removed and inserted again: the map stays ordered by last poll, the oldest first.
    this.#pollers.delete(key);
    const own = [...this.#pollers].flatMap(([other, poller]) =>
      poller.userId === userId ? [other] : [],
    );
    if (own.length >= CLIENTS_PER_USER) this.#pollers.delete(own[0] ?? '');
    this.#pollers.set(key, { userId, activity, polledAt: this.#clock(), missed });
  }

  /** Returns the ephemeral events that a client has missed since the last call, and forgets them. */
  takeMissed(userId: string, client: string): EphemeralEvent[] {
    const { missed } = this.#pollers.get(keyOf(userId, client)) ?? { missed: new Map() };
    const events = [...missed.values()];
    missed.clear();
    return events;
  }

  /** Sets the activity that a client reports for its user. No effect for a client that does not poll. */
  setActivity(userId: string, client: string, activity: PresentState): void {
    const poller = this.#current().get(keyOf(userId, client));
    if (poller) poller.activity = activity;
  }

  /** Resolves on the next `wake`, or after `waitMs`. */
  async changed(waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitMs);
    this.#waiting.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  /** Answers all waiting polls, after a durable change or the end of a session. */
  wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Keeps an ephemeral event for the next answers: for all clients, or for those of one user. */
  note(event: EphemeralEvent, onlyTo?: string): void {
    const thread = 'parentId' in event ? (event.parentId ?? '') : '';
    const key = `${event.type} ${event.userId} ${thread}`;
    for (const { userId, missed } of this.#current().values()) {
      if (onlyTo === undefined || userId === onlyTo)
        missed.set(key, merged(missed.get(key), event));
    }
  }

  /** The clients that polled lately, or those of one user, with the activity that each reports. */
  activities(userId?: string): { userId: string; activity: PresentState }[] {
    const pollers = [...this.#current().values()];
    return userId === undefined ? pollers : pollers.filter((poller) => poller.userId === userId);
  }

  #current(): ReadonlyMap<string, Poller> {
    const gone = this.#clock() - POLLER_PRESENT_MS;
    for (const [key, { polledAt }] of this.#pollers) {
      if (polledAt <= gone) this.#pollers.delete(key);
    }
    return this.#pollers;
  }
}

const keyOf = (userId: string, client: string) => `${userId} ${client}`;

/** Two moves of a cursor become one event with the fields of both: one may say read, the other delivered. */
function merged(earlier: EphemeralEvent | undefined, later: EphemeralEvent): EphemeralEvent {
  if (earlier?.type !== 'receipt_update' || later.type !== 'receipt_update') return later;
  return { ...earlier, ...later };
}
