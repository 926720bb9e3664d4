import ReconnectingWebSocket from 'partysocket/ws';
import type { FrameOf } from '../../../protocol/client-frames.ts';
import type { Clock } from '../clock.ts';
import { Heartbeat } from './heartbeat.ts';
import { Lease } from './lease.ts';
import { parseFrame } from './parse-frame.ts';
import type { AnyEvent, Transport, TransportEvents } from './transport.ts';

const CONNECT_WITHIN_MS = 10_000;
/** The code for a socket that we give up. Browsers allow none below 3000 except this one. */
const GIVE_UP = 1000;

/** What a socket transport needs from its surroundings. */
export interface SocketParts<Event extends AnyEvent> {
  /** With the client's position, if it has one. */
  address: string;
  /** A session JWT, just issued. */
  token: string;
  getToken(): Promise<string | undefined>;
  clock: Clock;
  /** The type of the first event, with which the server admits the client. */
  firstEvent: Event['type'];
  /** Parses the events of one frame. */
  parse(events: readonly unknown[]): Event[];
}

/**
 * One attempt at a socket, and the socket for as long as it lasts. partysocket bounds the attempt in time and
 * detaches a stale socket. Its reconnecting is switched off, because three needs are not met by it: `reconnect()` does
 * not shorten a wait, so a page that wakes would stay offline for up to 30 s; after `reconnect()`, which a missed pong
 * needs, it does not wait at all, so that all clients of a Room that died would return together; and one backoff has to
 * span sockets and long polling.
 */
export class SocketTransport<Event extends AnyEvent, Frame> implements Transport<Frame> {
  readonly #parts: SocketParts<Event>;
  readonly #to: TransportEvents<Event>;
  readonly #socket: ReconnectingWebSocket;
  readonly #heartbeat: Heartbeat;
  readonly #lease: Lease;
  #state: 'opening' | 'open' | 'live' | 'over' = 'opening';
  #waitMs: number | undefined;

  constructor(parts: SocketParts<Event>, to: TransportEvents<Event>) {
    const { address, token, getToken, clock } = parts;
    this.#parts = parts;
    this.#to = to;
    const giveUp = () => this.#end(GIVE_UP, '');
    this.#heartbeat = new Heartbeat(clock, (text) => this.#transmit(text), giveUp);
    this.#lease = new Lease(clock, getToken, (renewed) =>
      this.#send({ type: 'auth', token: renewed }),
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
    // A constructor that throws, as some privacy extensions and proxies make it, fires no close event, and partysocket
    // would try it again for ever. Any other error has been reported as a close by now.
    this.#socket.onerror = giveUp;
  }

  send(frame: Frame): boolean {
    return this.#send(frame);
  }

  probe(withinMs?: number): void {
    this.#heartbeat.probe(withinMs);
  }

  close(): void {
    this.#state = 'over';
    this.#heartbeat.stop();
    this.#lease.stop();
    this.#socket.close(GIVE_UP);
  }

  #send(frame: Frame | FrameOf<'auth'>): boolean {
    return this.#state === 'live' && this.#transmit(JSON.stringify(frame));
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
    const frame = parseFrame(data);
    if (!frame) return;
    const events = this.#parts.parse(frame);
    for (const event of events) {
      // Only an error has it, and only the last event says why the socket is closed.
      this.#waitMs = event.retryAfterMs;
      if (event.type === this.#parts.firstEvent && this.#state === 'open') this.#goLive();
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
