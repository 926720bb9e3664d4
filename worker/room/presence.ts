import { OFFLINE_AFTER_MS } from '../../protocol/limits.ts';
import type { PresenceState } from '../../protocol/models.ts';
import type { ThreadStateEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { DepartureStore } from './departure-store.ts';

/** What a client says of its user. */
export type Activity = 'online' | 'away';

/** What presence needs from the Room around it. */
export interface PresenceEffects {
  clock: Clock;
  departures: DepartureStore;
  /** Every client that is here, and what it says of its user. */
  clients: () => { userId: string; activity: Activity }[];
  tell: (userId: string, state: PresenceState) => void;
  /** Wakes us at this time to look for who has gone. */
  wakeAt: (at: number) => void;
}

/**
 * Who is here: what the clients that are connected say. It is kept nowhere, and read from them again after an eviction;
 * only who is about to be offline is on the agenda, because their last client is no longer there to be asked.
 */
export class Presence {
  readonly #effects: PresenceEffects;
  /** What everyone was told last. */
  #told: Map<string, Activity> | undefined;

  constructor(effects: PresenceEffects) {
    this.#effects = effects;
  }

  /** A client of this person came or said something: tells it if that changed anything. */
  refresh(userId: string): void {
    const told = this.#known();
    const now = this.#now().get(userId);
    if (now === undefined || told.get(userId) === now) return;
    told.set(userId, now);
    this.#effects.tell(userId, now);
  }

  /** A client of this person goes, or will be taken for gone after `afterMs` without a sign; a reload must not flicker. */
  leaving(userId: string, afterMs: number = OFFLINE_AFTER_MS): void {
    const told = this.#known();
    if (!told.has(userId)) told.set(userId, 'online');
    const at = this.#effects.clock() + afterMs;
    this.#effects.departures.put(userId, at);
    this.#effects.wakeAt(at);
    this.refresh(userId);
  }

  /** Whoever's grace has passed without a client is offline. Gives when to look again. */
  departed(): number | undefined {
    const now = this.#now();
    for (const userId of this.#effects.departures.takeDue(this.#effects.clock())) {
      if (now.has(userId)) continue;
      this.#known().delete(userId);
      this.#effects.tell(userId, 'offline');
    }
    return this.#effects.departures.next();
  }

  list(): ThreadStateEvent['presence'] {
    return [...this.#known()].map(([userId, state]) => ({ userId, state }));
  }

  /** After an eviction: everyone was told what their clients say, and of those who are leaving that they are here. */
  #known(): Map<string, Activity> {
    if (this.#told) return this.#told;
    const leaving = this.#effects.departures.all().map((userId) => [userId, 'online'] as const);
    this.#told = new Map([...leaving, ...this.#now()]);
    return this.#told;
  }

  /** Online if any client is, else away. */
  #now(): Map<string, Activity> {
    const states = new Map<string, Activity>();
    for (const { userId, activity } of this.#effects.clients()) {
      if (states.get(userId) !== 'online') states.set(userId, activity);
    }
    return states;
  }
}
