import type { Clock } from '../clock.ts';
import type { Transport, TransportEvents } from './transport.ts';

/** While requests do a socket's work, one is tried so often. */
const TRY_EVERY_MS = 60_000;

/** What it takes to open a socket. */
export interface UpgradeParts {
  clock: Clock;
  getToken(): Promise<string | undefined>;
  openSocket(token: string, to: TransportEvents): Transport;
}

/** Tries a socket beside the requests, at once and then again and again: the network may have changed. */
export class SocketUpgrade {
  readonly #parts: UpgradeParts;
  #transport: Transport | undefined;
  #cancel: (() => void) | undefined;
  /** Which start an attempt belongs to: what was stopped must not take over. */
  #start = 0;

  constructor(parts: UpgradeParts) {
    this.#parts = parts;
  }

  /** `to` hears the socket that gets through, from when it has taken over on. */
  start(to: TransportEvents, takeOver: (transport: Transport) => void): void {
    this.stop();
    void this.#try(to, takeOver);
  }

  stop(): void {
    this.#start += 1;
    this.#cancel?.();
    this.#transport?.close();
    this.#transport = undefined;
  }

  async #try(to: TransportEvents, takeOver: (transport: Transport) => void): Promise<void> {
    const start = this.#start;
    this.#cancel = this.#parts.clock.after(TRY_EVERY_MS, () => void this.#try(to, takeOver));
    const token = await this.#parts.getToken().catch(() => undefined);
    if (start !== this.#start || token === undefined) return;
    this.#transport?.close();
    const transport = this.#parts.openSocket(token, {
      ...to,
      live: () => {
        this.#transport = undefined;
        this.stop();
        takeOver(transport);
      },
      ended: (end) => {
        // One that never got through is nothing new: the requests go on.
        if (this.#transport === transport) this.#transport = undefined;
        else to.ended(end);
      },
    });
    this.#transport = transport;
  }
}
