import type { Clock } from '../../clock.ts';

/** So much may be on its way to a socket whose client does not tell what it has applied. */
const UNCONFIRMED_BYTES = 4 * 1024 * 1024;
/** Looked at each time that so much more went out: a quiet Room never looks. */
const LOOK_EVERY_BYTES = 1024 * 1024;
/** A client that tells how far it is misses so many turns only if it is stuck. */
const TURNS_MISSED = 3;

/** How far the client of a socket is known to keep up. */
interface Confirmed {
  bytes: number;
  at: number;
}

/**
 * What is on its way to sockets whose clients do not take it. The platform does not tell how much is queued for a socket,
 * and goes on queueing until the memory of the Room is gone; but a client tells now and then what it has applied
 * (`thread_delivered`), and whoever is silent about it while megabytes go out is stuck.
 */
export class Backlog {
  readonly #clock: Clock;
  readonly #deliveredEveryMs: () => number;
  /** What has gone out to everyone so far. */
  #sent = 0;
  #lookedAt = 0;
  readonly #confirmed = new WeakMap<WebSocket, Confirmed>();

  /** `deliveredEveryMs` is how often a client of this group tells what it has applied. */
  constructor(clock: Clock, deliveredEveryMs: () => number) {
    this.#clock = clock;
    this.#deliveredEveryMs = deliveredEveryMs;
  }

  /** The client of this socket has told what it has applied, or has just come. */
  confirm(socket: WebSocket): void {
    this.#confirmed.set(socket, { bytes: this.#sent, at: this.#clock() });
  }

  /** So many bytes (nearly: characters) went out to each socket. Whether it is time to look who is stuck. */
  sent(bytes: number): boolean {
    this.#sent += bytes;
    if (this.#sent - this.#lookedAt < LOOK_EVERY_BYTES) return false;
    this.#lookedAt = this.#sent;
    return true;
  }

  /** Whether too much is on its way to this socket. One that is not known yet, after an eviction, starts anew. */
  isStuck(socket: WebSocket): boolean {
    const confirmed = this.#confirmed.get(socket);
    if (!confirmed) {
      this.confirm(socket);
      return false;
    }
    const { bytes, at } = confirmed;
    const isSilent = this.#clock() - at > TURNS_MISSED * this.#deliveredEveryMs();
    return isSilent && this.#sent - bytes > UNCONFIRMED_BYTES;
  }
}
