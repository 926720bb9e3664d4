import type { Clock } from '../clock.ts';
import type { AnyEvent, Transport, TransportEvents } from './transport.ts';

/** How often a socket is tried while the connection is polling. */
const TRY_EVERY_MS = 60_000;

/** What it takes to open a socket. */
export interface UpgradeParts<Event extends AnyEvent, Frame> {
  clock: Clock;
  session: { getToken(): Promise<string | undefined> };
  openSocket(token: string, to: TransportEvents<Event>): Transport<Frame>;
}

/** Tries a socket beside long polling, at once and then every minute: the network may have changed. */
export class SocketUpgrade<Event extends AnyEvent, Frame> {
  readonly #parts: UpgradeParts<Event, Frame>;
  #transport: Transport<Frame> | undefined;
  #cancel: (() => void) | undefined;
  /** Identifies the current start, so that an attempt of a stopped one cannot take over. */
  #start = 0;

  constructor(parts: UpgradeParts<Event, Frame>) {
    this.#parts = parts;
  }

  /** `to` receives the events of the socket from when `takeOver` was called with it. */
  start(to: TransportEvents<Event>, takeOver: (transport: Transport<Frame>) => void): void {
    this.stop();
    void this.#try(to, takeOver);
  }

  stop(): void {
    this.#start += 1;
    this.#cancel?.();
    this.#transport?.close();
    this.#transport = undefined;
  }

  async #try(
    to: TransportEvents<Event>,
    takeOver: (transport: Transport<Frame>) => void,
  ): Promise<void> {
    const start = this.#start;
    this.#cancel = this.#parts.clock.after(TRY_EVERY_MS, () => void this.#try(to, takeOver));
    const token = await this.#parts.session.getToken().catch(() => undefined);
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
        // An attempt that failed changes nothing: polling goes on.
        if (this.#transport === transport) this.#transport = undefined;
        else to.ended(end);
      },
    });
    this.#transport = transport;
  }
}
