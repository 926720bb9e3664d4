import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { Activity, PresenceState } from '../../../protocol/models.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import type { DepartureStore } from '../rows/departure-store.ts';

/** What a client says of its user. */

/** What presence needs from the Room around it. */
export interface PresenceEffects {
  clock: Clock;
  departures: DepartureStore;
  /**
   * Every client that is here, or of one person, and what it says of its user. Asked of one whenever it can be: when a
   * thousand come back at once, asking all of them for each would be a million questions.
   */
  clients: (userId?: string) => { userId: string; activity: Activity }[];
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
  readonly #told: Map<string, Activity>;

  /**
   * Made before anything happens in a Room that wakes: everyone was told what the clients say that are there, and of
   * those who are leaving that they are here. Read any later, the change that woke us would count as told.
   */
  constructor(effects: PresenceEffects) {
    this.#effects = effects;
    const leaving = effects.departures.all().map((userId) => [userId, 'online'] as const);
    this.#told = new Map([...leaving, ...this.#now()]);
  }

  /** A client of this person is about to be let in. */
  arriving(userId: string): void {
    this.#tell(userId, 'online');
  }

  /** A client of this person said something: tells it if that changed anything. */
  refresh(userId: string): void {
    const now = this.#now(userId).get(userId);
    if (now !== undefined) this.#tell(userId, now);
  }

  /** A client of this person goes, or will be taken for gone after `afterMs` without a sign; a reload must not flicker. */
  leaving(userId: string, afterMs: number = OFFLINE_AFTER_MS): void {
    if (!this.#told.has(userId)) this.#told.set(userId, 'online');
    const at = this.#effects.clock() + afterMs;
    this.#effects.departures.put(userId, at);
    this.#effects.wakeAt(at);
    this.refresh(userId);
  }

  /** Whoever's grace has passed without a client is offline. Gives when to look again. */
  departed(): number | undefined {
    for (const userId of this.#effects.departures.takeDue(this.#effects.clock())) {
      if (this.#now(userId).has(userId)) continue;
      this.#told.delete(userId);
      this.#effects.tell(userId, 'offline');
    }
    return this.#effects.departures.next();
  }

  list(): ThreadStateEvent['presence'] {
    return [...this.#told].map(([userId, state]) => ({ userId, state }));
  }

  #tell(userId: string, state: Activity): void {
    if (this.#told.get(userId) === state) return;
    this.#told.set(userId, state);
    this.#effects.tell(userId, state);
  }

  /** Online if any client is, else away. */
  #now(ofUser?: string): Map<string, Activity> {
    const states = new Map<string, Activity>();
    for (const { userId, activity } of this.#effects.clients(ofUser)) {
      if (states.get(userId) !== 'online') states.set(userId, activity);
    }
    return states;
  }
}
