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
  /** The users whose presence the client watches. */
  watching: readonly string[];
  /** Ms UTC. */
  polledAt: number;
}

/** Clients whose network blocks WebSockets. In memory only: after an eviction their next polls say again that they are there. */
export class Pollers {
  readonly #clock: Clock;
  /** Ordered by last poll, the oldest first. */
  readonly #pollers = new Set<Poller>();
  /** The same by user: a thousand who poll must not look through each other. */
  readonly #byUser = new Map<string, Set<Poller>>();
  /** What ends each held poll, and whose poll it is. */
  readonly #waiting = new Map<() => void, Poller | undefined>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A client polls: it is present. Returns the client. */
  poll(userId: string, client: string): Poller {
    const poller = this.find(userId, client) ?? newPoller(userId, client);
    poller.polledAt = this.#clock();
    // Removed and inserted again: the sets stay ordered by last poll.
    this.#remove(poller);
    const own = this.list(userId);
    const [oldest] = own;
    if (oldest && own.length >= CLIENTS_PER_USER) this.#remove(oldest);
    this.#pollers.add(poller);
    const ofUser = this.#byUser.get(userId) ?? new Set();
    this.#byUser.set(userId, ofUser.add(poller));
    return poller;
  }

  /** Sets the activity that a client reports for its user. No effect for a client that does not poll. */
  setActivity(userId: string, client: string, activity: PresentState): void {
    const poller = this.find(userId, client);
    if (poller) poller.activity = activity;
  }

  /** Sets the users whose presence a client watches. No effect for a client that does not poll. */
  setWatching(userId: string, client: string, watching: readonly string[]): void {
    const poller = this.find(userId, client);
    if (poller) poller.watching = watching;
  }

  /** The clients that polled lately, or those of one user. */
  list(userId?: string): Poller[] {
    const gone = this.#clock() - POLLER_PRESENT_MS;
    for (const poller of this.#pollers) {
      if (poller.polledAt > gone) break;
      this.#remove(poller);
    }
    return [...(userId === undefined ? this.#pollers : (this.#byUser.get(userId) ?? []))];
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

  #remove(poller: Poller): void {
    this.#pollers.delete(poller);
    const ofUser = this.#byUser.get(poller.userId);
    ofUser?.delete(poller);
    if (ofUser?.size === 0) this.#byUser.delete(poller.userId);
  }
}

function newPoller(userId: string, client: string): Poller {
  return { userId, client, activity: 'online', watching: [], polledAt: 0 };
}
