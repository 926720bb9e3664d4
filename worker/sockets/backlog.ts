import type { Clock } from '../clock.ts';

/** How much may be on its way to a socket whose client does not acknowledge it. */
const UNACKNOWLEDGED_BYTES = 4 * 1024 * 1024;
/** Stuck sockets are looked for each time this much went out, and never in a quiet Room. */
const LOOK_EVERY_BYTES = 1024 * 1024;
/** A client that misses this many acknowledgements in a row is stuck. */
const ACKNOWLEDGEMENTS_MISSED = 3;

/** When the client of a socket last acknowledged, and how much had been sent to everyone by then. */
interface Acknowledged {
  bytes: number;
  at: number;
}

/**
 * Finds sockets whose clients do not read. The platform does not report how much it has queued for a socket, and queues
 * until the Room's memory is full. But a client regularly acknowledges what it has applied (`thread_delivered`): one that
 * does not while megabytes go out is stuck.
 */
export class Backlog {
  readonly #clock: Clock;
  readonly #deliveredEveryMs: () => number;
  /** How much was sent to everyone so far. */
  #sent = 0;
  #lookedAt = 0;
  readonly #acknowledged = new WeakMap<WebSocket, Acknowledged>();

  /** `deliveredEveryMs` is how often a client of this group acknowledges. */
  constructor(clock: Clock, deliveredEveryMs: () => number) {
    this.#clock = clock;
    this.#deliveredEveryMs = deliveredEveryMs;
  }

  /** The client of this socket has acknowledged what it has applied, or has just connected. */
  acknowledge(socket: WebSocket): void {
    this.#acknowledged.set(socket, { bytes: this.#sent, at: this.#clock() });
  }

  /** Notes that this many bytes (nearly: characters) went to each socket. Returns whether to look for stuck sockets. */
  sent(bytes: number): boolean {
    this.#sent += bytes;
    if (this.#sent - this.#lookedAt < LOOK_EVERY_BYTES) return false;
    this.#lookedAt = this.#sent;
    return true;
  }

  /** Whether too much is on its way to this socket. After an eviction the count starts at 0. */
  isStuck(socket: WebSocket): boolean {
    const acknowledged = this.#acknowledged.get(socket);
    if (!acknowledged) {
      this.acknowledge(socket);
      return false;
    }
    const { bytes, at } = acknowledged;
    const isSilent = this.#clock() - at > ACKNOWLEDGEMENTS_MISSED * this.#deliveredEveryMs();
    return isSilent && this.#sent - bytes > UNACKNOWLEDGED_BYTES;
  }
}
