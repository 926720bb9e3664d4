import ReconnectingWebSocket from 'partysocket/ws';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { Clock } from '../clock.ts';
import { Heartbeat } from './heartbeat.ts';
import { Lease } from './lease.ts';
import { parseFrame } from './parse-frame.ts';
import type { Transport, TransportEvents } from './transport.ts';

const CONNECT_WITHIN_MS = 10_000;
/** The code for a socket that we give up. Browsers allow none below 3000 except this one. */
const GIVE_UP = 1000;

/** What a socket transport needs from its surroundings. */
export interface SocketParts {
  /** Names the group and the client's position. */
  address: string;
  /** A session JWT, just issued. */
  token: string;
  getToken(): Promise<string | undefined>;
  clock: Clock;
}

/**
 * One attempt at the group's socket, and the socket for as long as it lasts. partysocket bounds the attempt in time and
 * detaches a stale socket. Its reconnecting is switched off, because three needs are not met by it: `reconnect()` does
 * not shorten a wait, so a page that wakes would stay offline for up to 30 s; after `reconnect()`, which a missed pong
 * needs, it does not wait at all, so that all clients of a Room that died would return together; and one backoff has to
 * span sockets and long polling.
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
      // Frames must not wait in a socket that never opens again.
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

  /** Sends text if the socket is open. partysocket logs a warning for text that it is given after `close`. */
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

  /** Ends the transport. Reports it here, because closing a socket that is closing already fires no event. */
  #end(code: number, reason: string): void {
    if (this.#state === 'over') return;
    const wasOpen = this.#state !== 'opening';
    this.close();
    this.#to.ended({ code, reason, wasOpen, waitMs: this.#waitMs });
  }
}
