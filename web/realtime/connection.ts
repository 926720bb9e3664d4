import ReconnectingWebSocket from 'partysocket/ws';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import { CLOSE, REVOKED_REASON } from '../../protocol/errors.ts';
import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { Heartbeat } from './heartbeat.ts';
import { Lease } from './lease.ts';
import { parseFrame, type ReceivedEvent } from './parse-frame.ts';
import type { ClosedView, ConnectionView } from './room-view.ts';
import type { Wake } from './wake.ts';

/** A connection that held for so long was a good one: the next failure starts to count anew. */
const STEADY_MS = 5_000;
/** After so many failures in a row the bar says "offline" and no longer "reconnecting". */
const OFFLINE_AFTER_FAILURES = 3;
const CONNECT_WITHIN_MS = 10_000;
/** How we close a socket that is lost to us; browsers allow no code below 3000 but this one. */
const GIVE_UP = 1000;

/** What a connection needs from its surroundings. */
export interface ConnectionParts {
  /** The socket's address, asked for before every attempt: it names what this client already has. */
  address(): string;
  /** A session JWT; undefined if the session has ended. May reject when it cannot be had right now. */
  getToken(options?: { fresh?: boolean }): Promise<string | undefined>;
  clock: Clock;
  wake: Wake;
  /** 0 to 1. */
  random(): number;
  /** The events of one frame, in order. */
  received(events: readonly ReceivedEvent[]): void;
  /** `view` has changed; nothing can be sent while it is not `live`. */
  changed(): void;
  /** It has stopped for good. */
  closed(view: ClosedView): void;
  /** The server ended the session itself. */
  revoked(): void;
  /** A frame was over the limit; the connection has stopped. */
  tooLarge(): void;
}

type Phase =
  | { state: 'idle' | 'opening' | 'live' | 'stopped' }
  /** `isOrdered`: the server named the wait, so that nothing shortens it. */
  | { state: 'waiting'; isOrdered: boolean; cancel: () => void };

/**
 * The group's socket: it comes back by itself, keeps its lease and ends as the table of close codes in protocol.md says.
 * partysocket makes each single attempt (time limit, stale sockets); when to try again is decided here, because the
 * wait depends on the close code, has full jitter and ends at once when the network returns.
 */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #socket: ReconnectingWebSocket;
  readonly #heartbeat: Heartbeat;
  readonly #lease: Lease;
  readonly #openedAt: number;
  #protocols: string[] = [];
  #phase: Phase = { state: 'idle' };
  #view: ConnectionView = { state: 'connecting' };
  #failures = 0;
  #heardAt: number | undefined;
  #triedFreshToken = false;
  #orderedWaitMs: number | undefined;
  #cancelSteady: (() => void) | undefined;
  #unwatch: (() => void) | undefined;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#openedAt = parts.clock.now();
    this.#socket = new ReconnectingWebSocket(parts.address, () => this.#protocols, {
      startClosed: true,
      shouldReconnectOnClose: () => false,
      connectionTimeout: CONNECT_WITHIN_MS,
    });
    this.#socket.onopen = () => this.#heartbeat.start();
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    this.#socket.onclose = ({ code, reason }) => this.#end(code, reason);
    this.#heartbeat = new Heartbeat(
      parts.clock,
      (text) => this.#socket.send(text),
      () => this.#giveUp(),
    );
    this.#lease = new Lease(
      parts.clock,
      () => parts.getToken(),
      (token) => this.send({ type: 'auth', token }),
    );
  }

  get view(): ConnectionView {
    return this.#view;
  }

  /** Connects, at first or again after it has stopped: the reason may be gone (somebody joined, or signed in). */
  open(): void {
    if (this.#phase.state !== 'idle' && this.#phase.state !== 'stopped') return;
    this.#triedFreshToken = false;
    this.#unwatch = this.#parts.wake.watch(() => this.#wake());
    void this.#attempt();
  }

  /** Sends a frame if the connection is live; otherwise it is dropped, and whoever sent it sends it again when live. */
  send(frame: ClientFrame): void {
    if (this.#phase.state === 'live') this.#socket.send(JSON.stringify(frame));
  }

  /** Tries at once instead of waiting, unless the server ordered the wait. */
  reconnect(): void {
    if (this.#phase.state !== 'waiting' || this.#phase.isOrdered) return;
    this.#phase.cancel();
    void this.#attempt();
  }

  /** Asks the server for a sign of life; without one the connection is given up and made anew. */
  probe(): void {
    if (this.#phase.state === 'live') this.#heartbeat.probe();
  }

  /** Ends it for good. */
  close(): void {
    this.#rest();
    if (this.#phase.state === 'waiting') this.#phase.cancel();
    this.#phase = { state: 'stopped' };
    this.#unwatch?.();
    this.#socket.close(GIVE_UP);
  }

  async #attempt(options?: { fresh: boolean }): Promise<void> {
    this.#phase = { state: 'opening' };
    const token = await this.#parts.getToken(options).catch(() => 'unknown' as const);
    if (this.#phase.state !== 'opening') return;
    if (token === 'unknown') this.#retryLater();
    else if (token === undefined) this.#stop({ reason: 'signed_out' });
    else {
      this.#protocols = ['edgewise.v1', `bearer.${token}`];
      this.#socket.reconnect();
    }
  }

  #receive(data: unknown): void {
    if (this.#phase.state !== 'opening' && this.#phase.state !== 'live') return;
    this.#heardAt = this.#parts.clock.now();
    if (typeof data !== 'string' || this.#heartbeat.hears(data)) return;
    const events = parseFrame(data);
    if (!events) return;
    for (const event of events) {
      if (event.type === 'error') this.#orderedWaitMs = event.retryAfterMs;
      if (event.type === 'thread_state' && this.#phase.state === 'opening') this.#goLive();
    }
    this.#parts.received(events);
  }

  #goLive(): void {
    this.#phase = { state: 'live' };
    this.#triedFreshToken = false;
    this.#cancelSteady = this.#parts.clock.after(STEADY_MS, () => {
      this.#failures = 0;
    });
    this.#lease.start();
    this.#show({ state: 'live' });
  }

  /** The server does not answer any more. A socket that was closing already says nothing when it is closed again. */
  #giveUp(): void {
    this.#socket.close(GIVE_UP);
    this.#end(GIVE_UP, '');
  }

  #end(code: number, reason: string): void {
    if (this.#phase.state !== 'opening' && this.#phase.state !== 'live') return;
    this.#rest();
    switch (code) {
      case CLOSE.protocol:
        this.#stop({ reason: 'outdated' });
        break;
      case CLOSE.tooLarge:
        this.#parts.tooLarge();
        this.#stop({ reason: 'outdated' });
        break;
      case CLOSE.forbidden:
        this.#stop({ reason: 'forbidden' });
        break;
      case CLOSE.notFound:
        this.#stop({ reason: 'not_found' });
        break;
      case CLOSE.unauthenticated:
        this.#refresh(reason);
        break;
      case CLOSE.tooMany:
        this.#retryLater(this.#orderedWaitMs);
        break;
      default:
        this.#retryLater();
    }
  }

  /** 4401: once with a new token; the same answer to that one, or `revoked`, is final. */
  #refresh(reason: string): void {
    if (reason === REVOKED_REASON) this.#parts.revoked();
    if (reason === REVOKED_REASON || this.#triedFreshToken) {
      this.#stop({ reason: 'signed_out' });
    } else {
      this.#triedFreshToken = true;
      void this.#attempt({ fresh: true });
      this.#showLost();
    }
  }

  #retryLater(orderedMs?: number): void {
    this.#failures += 1;
    this.#orderedWaitMs = undefined;
    const cancel = this.#parts.clock.after(
      orderedMs ?? backoffMs(this.#failures, this.#parts.random),
      () => void this.#attempt(),
    );
    this.#phase = { state: 'waiting', isOrdered: orderedMs !== undefined, cancel };
    this.#showLost();
  }

  #stop(view: ClosedView): void {
    this.close();
    this.#parts.closed(view);
  }

  /** Ends what belongs to the socket that is gone. */
  #rest(): void {
    this.#heartbeat.stop();
    this.#cancelSteady?.();
    this.#lease.stop();
  }

  #wake(): void {
    if (this.#phase.state === 'live') {
      this.#heartbeat.probe();
      return;
    }
    if (this.#parts.wake.isOnline()) this.reconnect();
    this.#showLost();
  }

  #showLost(): void {
    const isOffline = this.#failures >= OFFLINE_AFTER_FAILURES || !this.#parts.wake.isOnline();
    const since = this.#heardAt ?? this.#openedAt;
    if (isOffline) this.#show({ state: 'offline', since });
    else if (this.#heardAt === undefined) this.#show({ state: 'connecting' });
    else this.#show({ state: 'reconnecting', since });
  }

  #show(view: ConnectionView): void {
    this.#view = view;
    this.#parts.changed();
  }
}
