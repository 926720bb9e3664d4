import { SOCKETS_PER_USER_PER_GROUP } from '../../../protocol/limits.ts';
import type { Activity } from '../../../protocol/models.ts';
import type { EphemeralEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';

/** How long somebody counts as present after their last poll. */
export const POLLER_PRESENT_MS = 40_000;

/** As many as may have a socket: somebody who makes up names must not fill the Room's memory. */
const CLIENTS_PER_USER = SOCKETS_PER_USER_PER_GROUP;

interface Poller {
  userId: string;
  activity: Activity;
  polledAt: number;
  /** The newest of each kind, person and place since the client was last answered. */
  missed: Map<string, EphemeralEvent>;
}

/** Clients whose network blocks WebSockets. In memory: an eviction forgets what was only true for the moment. */
export class Pollers {
  readonly #clock: Clock;
  readonly #pollers = new Map<string, Poller>();
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A client polls: it is here, and from now on what it misses of the moment is kept for it. */
  poll(userId: string, client: string): void {
    const key = keyOf(userId, client);
    const { activity, missed } = this.#current().get(key) ?? {
      activity: 'online',
      missed: new Map(),
    };
    // Taken out and put in again, so that whoever polled longest ago comes first.
    this.#pollers.delete(key);
    const own = [...this.#pollers].flatMap(([other, poller]) =>
      poller.userId === userId ? [other] : [],
    );
    if (own.length >= CLIENTS_PER_USER) this.#pollers.delete(own[0] ?? '');
    this.#pollers.set(key, { userId, activity, polledAt: this.#clock(), missed });
  }

  /** Gives what a client missed of the moment since the last time, and keeps it no longer. */
  takeMissed(userId: string, client: string): EphemeralEvent[] {
    const { missed } = this.#pollers.get(keyOf(userId, client)) ?? { missed: new Map() };
    const events = [...missed.values()];
    missed.clear();
    return events;
  }

  /** What a client says of its user; without effect for one that does not poll. */
  setActivity(userId: string, client: string, activity: Activity): void {
    const poller = this.#current().get(keyOf(userId, client));
    if (poller) poller.activity = activity;
  }

  /** Resolves when something durable changes, or after `waitMs`. */
  async changed(waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitMs);
    this.#waiting.add(resolve);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  /** Something durable changed, or a session ended: whoever waits is answered. */
  wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Keeps an event of the moment for the next answers: to everyone, or to one person's clients. */
  note(event: EphemeralEvent, onlyTo?: string): void {
    const place = 'parentId' in event ? (event.parentId ?? '') : '';
    const key = `${event.type} ${event.userId} ${place}`;
    for (const { userId, missed } of this.#current().values()) {
      if (onlyTo === undefined || userId === onlyTo)
        missed.set(key, merged(missed.get(key), event));
    }
  }

  /** Everyone who polled lately, or one person's clients that did, and what they say of them. */
  activities(userId?: string): { userId: string; activity: Activity }[] {
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

/** A cursor that moved twice says both: read by one event, delivered by another. */
function merged(earlier: EphemeralEvent | undefined, later: EphemeralEvent): EphemeralEvent {
  if (earlier?.type !== 'receipt_update' || later.type !== 'receipt_update') return later;
  return { ...earlier, ...later };
}
