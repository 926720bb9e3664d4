import { OFFLINE_AFTER_MS } from '../../protocol/limits.ts';
import type { PresenceState, PresentState } from '../../protocol/models.ts';
import type { Clock } from '../clock.ts';
import { Collector } from '../collector.ts';

/** What presence needs from the Inbox around it. */
export interface PresenceEffects {
  clock: Clock;
  /** The state that each open client reports. */
  clients(): readonly PresentState[];
  /** At this time, ms UTC. */
  mayBeDisturbed(at: number): boolean;
  /** The state is another one than the last published one. */
  publish(state: PresenceState): void;
}

/**
 * How the user is, over all of their clients. Nothing is stored: after an eviction the open clients say it again, and an Inbox
 * whose last client had left counts on from then.
 */
export class Presence {
  readonly #effects: PresenceEffects;
  readonly #changes: Collector<null>;
  #published: PresenceState;
  /** Until then the user counts as there, though no client is open: a reload must not flicker. */
  #lingersUntil = 0;

  /**
   * What an eviction must not lose is when it ends by itself, ms UTC: that the user counts as there though no client is open
   * (`leavesAt`), and that do-not-disturb is on or off (`quietUntil`). Until it is published, the state before it is.
   */
  constructor(
    effects: PresenceEffects,
    { leavesAt, quietUntil }: { leavesAt: number | undefined; quietUntil: number | undefined },
  ) {
    this.#effects = effects;
    this.#changes = new Collector(
      effects.clock,
      () => null,
      () => this.#publish(),
    );
    this.#published = 'online';
    this.#lingersUntil = leavesAt ?? 0;
    if (leavesAt === undefined || effects.clients().length > 0) {
      const now = effects.clock();
      this.#published = this.#stateAt(
        quietUntil === undefined ? now : Math.min(now, quietUntil - 1),
      );
    }
  }

  /** The state as it is now. */
  state(): PresenceState {
    return this.#stateAt(this.#effects.clock());
  }

  /** The state with the clients of now, and with what may be done at a time, ms UTC. */
  #stateAt(at: number): PresenceState {
    const { clients, mayBeDisturbed, clock } = this.#effects;
    const states = clients();
    if (states.length === 0 && clock() >= this.#lingersUntil) return 'offline';
    if (!mayBeDisturbed(at)) return 'dnd';
    if (states.length > 0) return states.includes('online') ? 'online' : 'away';
    return this.#published === 'away' ? 'away' : 'online';
  }

  /** A client has left: the user may be away now, or offline soon. */
  left(): void {
    this.#lingersUntil = this.#effects.clock() + OFFLINE_AFTER_MS;
    this.changed();
  }

  /** When the user is offline, ms UTC; undefined while a client is open, and after it. */
  leavesAt(): number | undefined {
    const isLeaving =
      this.#effects.clients().length === 0 && this.#effects.clock() < this.#lingersUntil;
    return isLeaving ? this.#lingersUntil : undefined;
  }

  /** Something that the state depends on may have changed. It is published at most once a second. */
  changed(): void {
    if (this.state() !== this.#published) this.#changes.put('', null);
  }

  #publish(): void {
    const state = this.state();
    if (state === this.#published) return;
    this.#published = state;
    this.#effects.publish(state);
  }
}
