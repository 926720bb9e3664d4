import { assertNever } from '../../../protocol/assert-never.ts';
import { backoffMs } from '../../api/backoff.ts';
import type { SignedIn } from '../../session/session.ts';
import type { Clock } from '../clock.ts';
import type { ClosedView, ConnectionView } from '../group-view.ts';
import { afterEnd } from './after-end.ts';
import type { AnyEvent, End, Transport, TransportEvents } from './transport.ts';
import type { SocketUpgrade } from './upgrade.ts';
import type { Wake } from './wake.ts';

/** A connection that lasted this long was stable: the next failure counts as the first. */
const STEADY_MS = 5_000;
/** A browser that says that it is offline may be wrong, but not for long. */
const OFFLINE_WITHIN_MS = 2_000;
/** After this many failures in a row, the bar says "offline" instead of "reconnecting". */
const OFFLINE_AFTER_FAILURES = 3;
/** After this many upgrades in a row without a response, the network may block WebSockets but not requests. */
const FAILED_UPGRADES = 2;

/** What a connection needs from its surroundings. */
export interface ConnectionParts<Event extends AnyEvent, Frame> {
  session: Pick<SignedIn, 'getToken' | 'signOut'>;
  /** Resolves when the first attempt may begin. */
  ready(): Promise<void>;
  openSocket(token: string, to: TransportEvents<Event>): Transport<Frame>;
  /** For networks that block sockets; absent if the server has no long polling for this. */
  openPoll?(to: TransportEvents<Event>): Transport<Frame>;
  clock: Clock;
  wake: Wake;
  /** 0 to 1. */
  random(): number;
  /** When the server was last heard from on an earlier visit, ms UTC; undefined if never. */
  heardBefore(): number | undefined;
  /** The events of one frame, in order. */
  received(events: readonly Event[]): void;
  /** The connection is live, and the server had nothing new. Only long polling reports it. */
  upToDate?(): void;
  /** `view` has changed. Nothing can be sent unless it is `live`. */
  changed(): void;
  /** The connection has stopped for good. */
  closed(view: ClosedView): void;
  /** A frame exceeded the size limit, and the connection has stopped. */
  tooLarge?(): void;
}

type Phase<Frame> =
  | { state: 'idle' | 'preparing' | 'stopped' }
  | { state: 'opening' | 'live'; transport: Transport<Frame>; isSocket: boolean }
  /** `isOrdered`: the server named the wait, and nothing shortens it. */
  | { state: 'waiting'; isOrdered: boolean; cancel: () => void };

/**
 * A connection to the server, over a socket or, where those are blocked, long polling. It reconnects by itself with
 * backoff and full jitter, at once when the network returns, and stops where the close code says so.
 */
export class Connection<Event extends AnyEvent, Frame> {
  readonly #parts: ConnectionParts<Event, Frame>;
  readonly #openedAt: number;
  #upgrade: SocketUpgrade<Event, Frame> | undefined;
  #phase: Phase<Frame> = { state: 'idle' };
  #view: ConnectionView = { state: 'connecting' };
  #failures = 0;
  #failedUpgrades = 0;
  #heardAt: number | undefined;
  #reason: string | undefined;
  #triedFreshToken = false;
  #cancelSteady: (() => void) | undefined;
  #unwatch: (() => void) | undefined;

  constructor(parts: ConnectionParts<Event, Frame>) {
    this.#parts = parts;
    this.#openedAt = parts.clock.now();
  }

  get view(): ConnectionView {
    return this.#view;
  }

  /** When the server was last heard from, ms UTC. */
  get heardAt(): number | undefined {
    return this.#heardAt ?? this.#parts.heardBefore();
  }

  /**
   * Connects, for the first time or after it has stopped: the reason may be gone (the user has joined, or signed in).
   */
  open(): void {
    if (this.#phase.state !== 'idle' && this.#phase.state !== 'stopped') return;
    this.#triedFreshToken = false;
    this.#unwatch = this.#parts.wake.watch(() => this.#wake());
    void this.#attempt();
  }

  /**
   * Sends a frame; returns whether the transport took it. The caller keeps a refused frame until the connection is
   * live.
   */
  send(frame: Frame): boolean {
    return this.#phase.state === 'live' && this.#phase.transport.send(frame);
  }

  /** Connects at once instead of waiting, unless the server ordered the wait. */
  reconnect(): void {
    if (this.#phase.state !== 'waiting' || this.#phase.isOrdered) return;
    this.#phase.cancel();
    void this.#attempt();
  }

  /** Replaces a live connection that cannot be relied on, after the wait that follows a failure. */
  restart(): void {
    if (this.#phase.state !== 'live') return;
    this.#phase.transport.close();
    this.#endAttempt();
    this.#retryLater();
  }

  /** Asks the server for a sign of life; without one the connection is replaced. */
  probe(): void {
    if (this.#phase.state === 'live') this.#phase.transport.probe();
  }

  /** Closes the connection for good. */
  close(): void {
    this.#endAttempt();
    const phase = this.#phase;
    if (phase.state === 'waiting') phase.cancel();
    if (phase.state === 'opening' || phase.state === 'live') phase.transport.close();
    this.#phase = { state: 'stopped' };
    this.#unwatch?.();
  }

  async #attempt(options?: { fresh: boolean }): Promise<void> {
    const phase: Phase<Frame> = { state: 'preparing' };
    this.#phase = phase;
    // In this order: a session that is still loading competes with showing what is cached.
    await this.#parts.ready();
    const token = await this.#token(options);
    if (this.#phase !== phase) return;
    if (token === 'unknown') this.#retryLater();
    else if (token === undefined) this.#stop({ reason: 'signed_out' });
    else if (this.#parts.openPoll && this.#failedUpgrades >= FAILED_UPGRADES) {
      const transport = this.#parts.openPoll(this.#handlers({ isSocket: false }));
      this.#phase = { state: 'opening', transport, isSocket: false };
    } else {
      const transport = this.#parts.openSocket(token, this.#handlers({ isSocket: true }));
      this.#phase = { state: 'opening', transport, isSocket: true };
    }
  }

  #token(options?: { fresh: boolean }): Promise<string | undefined | 'unknown'> {
    return this.#parts.session.getToken(options).catch(() => 'unknown' as const);
  }

  /** The handlers for the transport of the current attempt. */
  #handlers({ isSocket }: { isSocket: boolean }): TransportEvents<Event> {
    return {
      live: () => this.#goLive(),
      upToDate: () => this.#parts.upToDate?.(),
      received: (events) => this.#parts.received(events),
      heard: () => {
        this.#heardAt = this.#parts.clock.now();
      },
      ended: (end) => {
        if (isSocket) this.#failedUpgrades = end.wasOpen ? 0 : this.#failedUpgrades + 1;
        // Requests did not reach the server either: the next attempt uses a socket again.
        else if (!end.wasOpen) this.#failedUpgrades = FAILED_UPGRADES - 1;
        this.#end(end);
      },
    };
  }

  #goLive(): void {
    const phase = this.#phase;
    if (phase.state !== 'opening') return;
    this.#phase = { ...phase, state: 'live' };
    this.#triedFreshToken = false;
    this.#cancelSteady = this.#parts.clock.after(STEADY_MS, () => {
      this.#failures = 0;
    });
    if (!phase.isSocket) void this.#tryUpgrade(phase.transport);
    this.#show({ state: 'live' });
  }

  /** Tries a socket while polling goes on. Few networks need this, so its code is loaded on demand. */
  async #tryUpgrade(requests: Transport<Frame>): Promise<void> {
    const file = await import('./upgrade.ts').catch(() => undefined);
    if (!file || this.#phase.state !== 'live' || this.#phase.transport !== requests) return;
    this.#upgrade = new file.SocketUpgrade(this.#parts);
    this.#upgrade.start(this.#handlers({ isSocket: true }), (transport) =>
      this.#takeOver(transport),
    );
  }

  /** A socket was opened while the connection was polling, and replaces it. */
  #takeOver(transport: Transport<Frame>): void {
    if (this.#phase.state !== 'live') return;
    this.#phase.transport.close();
    this.#failedUpgrades = 0;
    this.#phase = { state: 'live', transport, isSocket: true };
  }

  #end(end: End): void {
    this.#endAttempt();
    this.#reason = end.reason;
    const after = afterEnd(end);
    switch (after.type) {
      case 'stop':
        this.#stop(after.view);
        break;
      case 'stop_too_large':
        this.#parts.tooLarge?.();
        this.#stop({ reason: 'outdated' });
        break;
      case 'sign_out':
        this.#stop({ reason: 'forgotten' });
        this.#signOut();
        break;
      case 'refresh':
        this.#refresh();
        break;
      case 'retry':
        this.#retryLater(after.waitMs);
        break;
      default:
        assertNever(after);
    }
  }

  /** The server has already ended the session; the page does not depend on Clerk's answer. */
  #signOut(): void {
    this.#parts.session.signOut({ isOver: true }).catch((error: unknown) => {
      console.warn('Clerk was not signed out:', error);
    });
  }

  /** 4401: tries once with a fresh token; a second refusal is final. */
  #refresh(): void {
    if (this.#triedFreshToken) {
      this.#stop({ reason: 'signed_out' });
      return;
    }
    this.#triedFreshToken = true;
    void this.#attempt({ fresh: true });
    this.#showLost();
  }

  #retryLater(orderedMs?: number): void {
    this.#failures += 1;
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

  /** Stops what belongs to the transport that has ended. */
  #endAttempt(): void {
    this.#cancelSteady?.();
    this.#upgrade?.stop();
  }

  #wake(): void {
    if (this.#phase.state === 'live') {
      this.#phase.transport.probe(this.#parts.wake.isOnline() ? undefined : OFFLINE_WITHIN_MS);
      return;
    }
    if (this.#parts.wake.isOnline()) this.reconnect();
    this.#showLost();
  }

  #showLost(): void {
    const isOffline = this.#failures >= OFFLINE_AFTER_FAILURES || !this.#parts.wake.isOnline();
    const isNew = this.#heardAt === undefined;
    this.#show({
      state: isOffline ? 'offline' : isNew ? 'connecting' : 'reconnecting',
      since: this.heardAt ?? this.#openedAt,
      reason: this.#reason,
    });
  }

  #show(view: ConnectionView): void {
    this.#view = view;
    this.#parts.changed();
  }
}
