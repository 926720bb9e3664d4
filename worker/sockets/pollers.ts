import { SOCKETS_PER_USER_PER_GROUP } from '../../protocol/limits.ts';
import type { PresentState } from '../../protocol/models.ts';
import type { Clock } from '../clock.ts';

/** How long a user counts as present after their last poll. */
export const POLLER_PRESENT_MS = 40_000;

/** The same limit as for sockets: a user who makes up client names must not fill the object's memory. */
const CLIENTS_PER_USER = SOCKETS_PER_USER_PER_GROUP;

/** A client that polled lately. */
export interface Poller {
  userId: string;
  /** The name of the client. */
  client: string;
  /** What the client reports for its user. */
  activity: PresentState;
  /** Ms UTC. */
  polledAt: number;
}

/** Clients whose network blocks WebSockets. In memory only: after an eviction their next polls say again that they are there. */
export class Pollers {
  readonly #clock: Clock;
  readonly #pollers = new Map<string, Poller>();
  /** What ends each held poll, and whose poll it is. */
  readonly #waiting = new Map<() => void, Poller | undefined>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A client polls: it is present. Returns the client. */
  poll(userId: string, client: string): Poller {
    const key = keyOf(userId, client);
    const poller = this.find(userId, client) ?? { userId, client, activity: 'online', polledAt: 0 };
    poller.polledAt = this.#clock();
    // Removed and inserted again: the map stays ordered by last poll, the oldest first.
    this.#pollers.delete(key);
    const own = this.list(userId);
    const [oldest] = own;
    if (oldest && own.length >= CLIENTS_PER_USER)
      this.#pollers.delete(keyOf(userId, oldest.client));
    this.#pollers.set(key, poller);
    return poller;
  }

  /** Sets the activity that a client reports for its user. No effect for a client that does not poll. */
  setActivity(userId: string, client: string, activity: PresentState): void {
    const poller = this.find(userId, client);
    if (poller) poller.activity = activity;
  }

  /** The clients that polled lately, or those of one user. */
  list(userId?: string): Poller[] {
    const gone = this.#clock() - POLLER_PRESENT_MS;
    for (const [key, { polledAt }] of this.#pollers) {
      if (polledAt <= gone) this.#pollers.delete(key);
    }
    const pollers = [...this.#pollers.values()];
    return userId === undefined ? pollers : pollers.filter((poller) => poller.userId === userId);
  }

  /** A client that polled lately. */
  find(userId: string, client: string): Poller | undefined {
    return this.list(userId).find((poller) => poller.client === client);
  }

  /** Resolves on the next `wake` of all or of this client, or after `waitMs`. */
  async changed(waitMs: number, poller?: Poller): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitMs);
    this.#waiting.set(resolve, poller);
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  /** Wakes all held polls, after a change or the end of a session, or those of one client. */
  wake(only?: Poller): void {
    for (const [wake, poller] of this.#waiting) if (!only || poller === only) wake();
  }
}

const keyOf = (userId: string, client: string) => `${userId} ${client}`;
