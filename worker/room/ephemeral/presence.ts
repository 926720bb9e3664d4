import { OFFLINE_AFTER_MS } from '../../../protocol/limits.ts';
import type { PresenceState, PresentState } from '../../../protocol/models.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import type { DepartureStore } from '../rows/departure-store.ts';

/** What presence needs from the Room around it. */
export interface PresenceEffects {
  clock: Clock;
  departures: DepartureStore;
  /**
   * All connected clients, or those of one user, with the activity that each reports. Presence asks for one user where it
   * can: when a thousand connect at once, asking for all of them each time is a million lookups.
   */
  clients: (userId?: string) => { userId: string; activity: PresentState }[];
  /** The presence of a user has changed. `wasPresent`: they were present in another state. */
  publish: (userId: string, state: PresenceState, wasPresent: boolean) => void;
  /** Schedules a call of `departed` at this time, ms UTC. */
  wakeAt: (at: number) => void;
}

/**
 * Who is online, away or not to be disturbed, as the connected clients report it. Nothing is stored but the users who are about to be offline,
 * because they have no client left: after an eviction the rest is read from the clients again.
 */
export class Presence {
  readonly #effects: PresenceEffects;
  /** The state of each user that was published last; nobody who is offline. */
  readonly #published: Map<string, PresentState>;

  /**
   * Must run before the Room that wakes handles anything: it assumes that the state of the connected clients is published,
   * and that departing users were online. Later it would mistake the change that woke the Room for a published one.
   */
  constructor(effects: PresenceEffects) {
    this.#effects = effects;
    const leaving = effects.departures.all().map((userId) => [userId, 'online'] as const);
    this.#published = new Map([...leaving, ...this.#now()]);
  }

  /** A client of this user is about to be accepted. It does not end what another one says of do-not-disturb. */
  arriving(userId: string): void {
    if (this.#published.get(userId) !== 'dnd') this.#publish(userId, 'online');
  }

  /** A client of this user reported its activity: publishes the user's state if that changed it. */
  refresh(userId: string): void {
    const now = this.#now(userId).get(userId);
    if (now !== undefined) this.#publish(userId, now);
  }

  /** A client of this user left, or counts as gone after `afterMs`. The delay keeps a reload from showing as offline. */
  leaving(userId: string, afterMs: number = OFFLINE_AFTER_MS): void {
    if (!this.#published.has(userId)) this.#published.set(userId, 'online');
    const at = this.#effects.clock() + afterMs;
    this.#effects.departures.put(userId, at);
    this.#effects.wakeAt(at);
    this.refresh(userId);
  }

  /** Publishes the users whose delay is over as offline if they have no client. Returns when to call again, if at all. */
  departed(): number | undefined {
    for (const userId of this.#effects.departures.takeDue(this.#effects.clock())) {
      if (this.#now(userId).has(userId)) continue;
      this.#published.delete(userId);
      this.#effects.publish(userId, 'offline', true);
    }
    return this.#effects.departures.next();
  }

  /** Whether a client of this user is connected and active. */
  isOnline(userId: string): boolean {
    return this.#now(userId).get(userId) === 'online';
  }

  /** Everyone who is there. */
  list(): ThreadStateEvent['presence'] {
    return [...this.#published].map(([userId, state]) => ({ userId, state }));
  }

  /** How many users are there. */
  get count(): number {
    return this.#published.size;
  }

  /** Up to `most` of those who are there. */
  some(most: number): string[] {
    const userIds: string[] = [];
    for (const userId of this.#published.keys()) {
      if (userIds.length >= most) break;
      userIds.push(userId);
    }
    return userIds;
  }

  stateOf(userId: string): PresenceState {
    return this.#published.get(userId) ?? 'offline';
  }

  #publish(userId: string, state: PresentState): void {
    const before = this.#published.get(userId);
    if (before === state) return;
    this.#published.set(userId, state);
    this.#effects.publish(userId, state, before !== undefined);
  }

  /** A user does not want to be disturbed if any of their clients says so; else they are online if any is, else away. */
  #now(ofUser?: string): Map<string, PresentState> {
    const states = new Map<string, PresentState>();
    for (const { userId, activity } of this.#effects.clients(ofUser)) {
      const known = states.get(userId);
      if (
        known === undefined ||
        activity === 'dnd' ||
        (activity === 'online' && known === 'away')
      ) {
        states.set(userId, activity);
      }
    }
    return states;
  }
}
