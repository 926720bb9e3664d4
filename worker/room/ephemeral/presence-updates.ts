import { PRESENT_IN_STATE } from '../../../protocol/limits.ts';
import type { PresenceState } from '../../../protocol/models.ts';
import type {
  EphemeralEvent,
  PresenceUpdateEvent,
  ThreadStateEvent,
} from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';
import { Collector } from '../../collector.ts';
import { Throttle } from '../../throttle.ts';
import type { Presence } from './presence.ts';

/** How long a large group collects changes, ms. Its count goes to everyone: thousands who connect must not each send it. */
const COLLECT_MS = 2_000;

/** What updates need from the Room around them. */
export interface PresenceUpdatesEffects {
  clock: Clock;
  presence: Pick<Presence, 'list' | 'count' | 'some' | 'stateOf'>;
  /** Whether the group has more than `MEMBERS_IN_STATE` members. */
  isLarge(): boolean;
  /** Sends an event to everyone. */
  publish(event: EphemeralEvent): void;
  /** Sends each client the events about the users whom it watches. `events` are by user id. */
  publishWatched(events: ReadonlyMap<string, PresenceUpdateEvent>): void;
}

/**
 * What is sent of presence, and to whom. In a small group everyone gets every change, at most one a second for each user. In a large one that
 * would be every change times thousands of sockets: there everyone gets the count, and a client the changes of those whom it
 * watches, both at most once in `COLLECT_MS`. An eviction loses what is being collected; the count is right again with the next
 * user who comes or goes.
 */
export class PresenceUpdates {
  readonly #effects: PresenceUpdatesEffects;
  /** In a small group: the users whose state has changed. */
  readonly #each: Throttle<string>;
  /** In a large group, and when the group becomes large or small. All of it has one key. */
  readonly #collected: Collector<null>;
  /** The users whose state has changed since the last send in a large group. */
  readonly #changed = new Set<string>();
  #isCountChanged = false;
  /** Whether clients take the group for large. */
  #wasLarge: boolean;

  /** `wasLarge`: the group was large when the Room woke. Before a group is created it cannot be asked. */
  constructor(wasLarge: boolean, effects: PresenceUpdatesEffects) {
    const { clock } = effects;
    this.#effects = effects;
    this.#wasLarge = wasLarge;
    this.#each = new Throttle<string>(
      clock,
      (_, later) => later,
      (userId) => this.#sendOne(userId),
    );
    this.#collected = new Collector<null>(
      clock,
      () => null,
      () => this.#send(),
      COLLECT_MS,
    );
  }

  /** The presence of a user has changed. `wasPresent`: they were present in another state. */
  changed(userId: string, state: PresenceState, wasPresent: boolean): void {
    if (!this.#effects.isLarge()) {
      this.#each.put(userId, userId);
      return;
    }
    const isPresent = state !== 'offline';
    this.#isCountChanged ||= isPresent !== wasPresent;
    this.#changed.add(userId);
    this.#collected.put('', null);
  }

  /** The group has another number of members. */
  resized(): void {
    if (this.#effects.isLarge() !== this.#wasLarge) this.#collected.put('', null);
  }

  /** What a state says to a client that watches these users. In a large group that is no list of everyone. */
  stateFor(watching: readonly string[]): {
    presence: ThreadStateEvent['presence'];
    large?: { presentCount: number; present: string[] };
  } {
    const { presence, isLarge } = this.#effects;
    if (!isLarge()) return { presence: presence.list() };
    const watched = watching.map((userId) => ({ userId, state: presence.stateOf(userId) }));
    return {
      presence: watched.filter(({ state }) => state !== 'offline'),
      large: { presentCount: presence.count, present: presence.some(PRESENT_IN_STATE) },
    };
  }

  /** The group may have become large while the change waited. */
  #sendOne(userId: string): void {
    if (!this.#effects.isLarge()) this.#effects.publish(this.#update(userId));
    else {
      this.#changed.add(userId);
      this.#collected.put('', null);
    }
  }

  #send(): void {
    const { presence, isLarge, publish, publishWatched } = this.#effects;
    const hasBecome = isLarge() !== this.#wasLarge;
    this.#wasLarge = isLarge();
    const changed = [...this.#changed];
    this.#changed.clear();
    if (isLarge()) {
      if (hasBecome || this.#isCountChanged) {
        publish({ type: 'presence_count', count: presence.count });
      }
      this.#isCountChanged = false;
      if (changed.length > 0) {
        publishWatched(new Map(changed.map((userId) => [userId, this.#update(userId)])));
      }
    } else if (hasBecome) {
      publish({ type: 'presence_count', count: null });
      for (const { userId } of presence.list()) publish(this.#update(userId));
    } else for (const userId of changed) publish(this.#update(userId));
  }

  #update(userId: string): PresenceUpdateEvent {
    return { type: 'presence_update', userId, state: this.#effects.presence.stateOf(userId) };
  }
}
