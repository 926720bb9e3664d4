import ReconnectingWebSocket from 'partysocket/ws';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { Clock } from '../clock.ts';
import { Heartbeat } from './heartbeat.ts';
import { Lease } from './lease.ts';
import { parseFrame } from './parse-frame.ts';
import type { Transport, TransportEvents } from './transport.ts';

const CONNECT_WITHIN_MS = 10_000;
/** How we close a socket that is lost to us; browsers allow no code below 3000 but this one. */
const GIVE_UP = 1000;

/** What a socket needs to be opened and kept. */
export interface SocketParts {
  /** It names the group and the place that this client is at. */
  address: string;
  /** A session JWT, made now. */
  token: string;
  getToken(): Promise<string | undefined>;
  clock: Clock;
}

/**
 * One attempt at the group's socket, and the socket for as long as it holds. partysocket makes the attempt (time limit,
 * stale sockets) and never a second one: when to try again hangs on how it ended.
 */
export class SocketTransport implements Transport {
  readonly #to: TransportEvents;
  readonly #socket: ReconnectingWebSocket;
  readonly #heartbeat: Heartbeat;
  readonly #lease: Lease;
  #state: 'opening' | 'open' | 'live' | 'over' = 'opening';
  #waitMs: number | undefined;

  constructor({ address, token, getToken, clock }: SocketParts, to: TransportEvents) {
    this.#to = to;
    this.#heartbeat = new Heartbeat(
      clock,
      (text) => this.#transmit(text),
      () => this.#end(GIVE_UP, ''),
    );
    this.#lease = new Lease(clock, getToken, (renewed) =>
      this.send({ type: 'auth', token: renewed }),
    );
    this.#socket = new ReconnectingWebSocket(address, ['edgewise.v1', `bearer.${token}`], {
      shouldReconnectOnClose: () => false,
      connectionTimeout: CONNECT_WITHIN_MS,
      // A socket that never opens again must not keep frames.
      maxEnqueuedMessages: 0,
    });
    this.#socket.onopen = () => this.#open();
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    this.#socket.onclose = ({ code, reason }) => this.#end(code, reason);
  }

  send(frame: ClientFrame): boolean {
    return this.#state === 'live' && this.#transmit(JSON.stringify(frame));
  }

  probe(): void {
    this.#heartbeat.probe();
  }

  close(): void {
    this.#state = 'over';
    this.#heartbeat.stop();
    this.#lease.stop();
    this.#socket.close(GIVE_UP);
  }

  /** Every text leaves here. A socket that is not open takes none; asking it to would log a warning. */
  #transmit(text: string): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#socket.send(text);
  }

  #open(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#heartbeat.start();
  }

  #receive(data: unknown): void {
    if (this.#state === 'over') return;
    this.#to.heard();
    if (typeof data !== 'string' || this.#heartbeat.hears(data)) return;
    const events = parseFrame(data);
    if (!events) return;
    for (const event of events) {
      if (event.type === 'error') this.#waitMs = event.retryAfterMs;
      if (event.type === 'thread_state' && this.#state === 'open') this.#goLive();
    }
    this.#to.received(events);
  }

  #goLive(): void {
    this.#state = 'live';
    this.#lease.start();
    this.#to.live();
  }

  /** A socket that was closing already says nothing when it is closed again: whoever gives up tells it here. */
  #end(code: number, reason: string): void {
    if (this.#state === 'over') return;
    const wasOpen = this.#state !== 'opening';
    this.close();
    this.#to.ended({ code, reason, wasOpen, waitMs: this.#waitMs });
  }
}
