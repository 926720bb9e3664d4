import type { EphemeralEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { Activity } from './presence.ts';

/** How long somebody counts as present after their last poll. */
export const POLLER_PRESENT_MS = 40_000;

interface Poller {
  userId: string;
  polledAt: number;
  /** The newest of each kind and person since the last poll. */
  missed: Map<string, EphemeralEvent>;
}

/** Clients whose network blocks WebSockets. In memory: an eviction forgets what was only true for the moment. */
export class Pollers {
  readonly #clock: Clock;
  readonly #pollers = new Map<string, Poller>();
  #wake: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A client polls. Gives what it missed of the moment since its last poll. */
  poll(userId: string, client: string): EphemeralEvent[] {
    const key = `${userId} ${client}`;
    const missed = [...(this.#pollers.get(key)?.missed.values() ?? [])];
    this.#pollers.set(key, { userId, polledAt: this.#clock(), missed: new Map() });
    return missed;
  }

  /** Resolves when something durable changes, or after `waitMs`. */
  async changed(waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitMs);
    this.#wake.push(resolve);
    await promise;
    clearTimeout(timer);
    this.#wake = this.#wake.filter((wake) => wake !== resolve);
  }

  /** Something durable changed: whoever waits is answered. */
  wake(): void {
    for (const wake of this.#wake) wake();
  }

  note(event: EphemeralEvent, onlyTo?: string): void {
    const place = 'parentId' in event ? (event.parentId ?? '') : '';
    for (const poller of this.#current()) {
      if (onlyTo !== undefined && poller.userId !== onlyTo) continue;
      const key = `${event.type} ${event.userId} ${place}`;
      poller.missed.set(key, merged(poller.missed.get(key), event));
    }
  }

  /** Everyone who polled lately. */
  activities(): { userId: string; activity: Activity }[] {
    return this.#current().map(({ userId }) => ({ userId, activity: 'online' }));
  }

  #current(): Poller[] {
    const oldest = this.#clock() - POLLER_PRESENT_MS;
    for (const [key, poller] of this.#pollers)
      if (poller.polledAt < oldest) this.#pollers.delete(key);
    return [...this.#pollers.values()];
  }
}

/** A cursor that moved twice says both: read by one event, delivered by another. */
function merged(earlier: EphemeralEvent | undefined, later: EphemeralEvent): EphemeralEvent {
  if (earlier?.type !== 'receipt_update' || later.type !== 'receipt_update') return later;
  return { ...earlier, ...later };
}
