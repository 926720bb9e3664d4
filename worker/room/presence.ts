import type { PresenceState } from '../../protocol/models.ts';
import type { ThreadStateEvent } from '../../protocol/server-events.ts';

/** What a client says of itself. */
export type Activity = 'online' | 'away';

/** The open sockets' owners, as `connections.ts` lists them. */
export type ActivityOf = () => { userId: string; activity: Activity }[];

/**
 * Who is here. Nothing is stored: it is what the open sockets say, and after an eviction it is read from them again.
 * Somebody whose last socket closed stays as they were until `leave`, so that a reload does not flicker.
 */
export class Presence {
  readonly #activities: ActivityOf;
  readonly #tell: (userId: string, state: PresenceState) => void;
  /** What everyone was told last. */
  #told: Map<string, Activity> | undefined;

  constructor(activities: ActivityOf, tell: (userId: string, state: PresenceState) => void) {
    this.#activities = activities;
    this.#tell = tell;
  }

  /** Looks at a person's sockets again, after one opened or said something, and tells if that changed anything. */
  refresh(userId: string): void {
    const told = this.#known();
    const now = this.#now().get(userId);
    if (now === undefined || told.get(userId) === now) return;
    told.set(userId, now);
    this.#tell(userId, now);
  }

  /** The grace of somebody whose last socket closed has passed. */
  leave(userId: string): void {
    const told = this.#known();
    if (this.#now().has(userId)) return;
    told.delete(userId);
    this.#tell(userId, 'offline');
  }

  list(): ThreadStateEvent['presence'] {
    return [...this.#known()].map(([userId, state]) => ({ userId, state }));
  }

  /** After an eviction: everyone who has a socket was told as that socket says. */
  #known(): Map<string, Activity> {
    this.#told ??= this.#now();
    return this.#told;
  }

  /** Online if any socket is, else away. */
  #now(): Map<string, Activity> {
    const states = new Map<string, Activity>();
    for (const { userId, activity } of this.#activities()) {
      if (states.get(userId) !== 'online') states.set(userId, activity);
    }
    return states;
  }
}
