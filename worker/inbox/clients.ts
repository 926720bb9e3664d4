import type { Result } from '../../protocol/errors.ts';
import { type InboxEvent, InboxFrame, type InboxNews } from '../../protocol/inbox.ts';
import { FRAMES_BURST, FRAMES_PER_SECOND, SOCKETS_PER_USER } from '../../protocol/limits.ts';
import type { PresentState } from '../../protocol/models.ts';
import type { ErrorEvent } from '../../protocol/server-events.ts';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../clock.ts';
import type { Asker, RevokedSessions } from '../revoked-sessions.ts';
import { Backlog } from '../sockets/backlog.ts';
import { Connections } from '../sockets/connections.ts';
import { FrameGuard, tooMuch } from '../sockets/frame-guard.ts';
import { errorEvent, nameOf, parseFrame, readJson } from '../sockets/frame-text.ts';
import { HeldSockets } from '../sockets/held-sockets.ts';
import { HibernatingSockets } from '../sockets/hibernating-sockets.ts';
import { POLLER_PRESENT_MS, Pollers } from '../sockets/pollers.ts';
import { RateLimit } from '../sockets/rate-limit.ts';
import { isOpen } from '../sockets/sockets.ts';
import { EventLog, type LogPosition } from './event-log.ts';

/** What the clients need from the Inbox around them. */
export interface ClientsEffects {
  clock: Clock;
  userId: string;
  leaseMs: number;
  revoked: RevokedSessions;
  /** Verifies a session token. */
  authenticate(token: string): Promise<Result<Identity>>;
  /** A client reports another state. */
  changed(): void;
  /** A client is gone. */
  left(): void;
  /** A client that was opened and last heard of at these times, ms UTC, has renewed its lease. */
  renewed(openedAt: number, heardAt: number): void;
}

/** The open clients of the user of an Inbox, over sockets or, where those are blocked, long polling. Each gets every event. */
export class Clients {
  readonly #effects: ClientsEffects;
  readonly #connections: Connections;
  readonly #pollers: Pollers;
  readonly #log = new EventLog();
  readonly #guard: FrameGuard;
  readonly #rate: RateLimit;

  constructor(state: DurableObjectState, effects: ClientsEffects) {
    const { clock, leaseMs, authenticate } = effects;
    this.#effects = effects;
    this.#connections = new Connections({
      clock,
      hibernating: new HibernatingSockets(state),
      held: new HeldSockets({ clock, received: () => undefined, left: () => undefined }),
      backlog: new Backlog(clock, () => 0),
      isHot: () => false,
      ended: () => effects.left(),
    });
    this.#pollers = new Pollers(clock);
    this.#guard = new FrameGuard({ clock, connections: this.#connections, leaseMs, authenticate });
    this.#rate = new RateLimit({ burst: FRAMES_BURST, perSecond: FRAMES_PER_SECOND }, clock);
  }

  /** What each open client reports. */
  states(): PresentState[] {
    const clients = [...this.#connections.activities(), ...this.#pollers.list()];
    return clients.map(({ activity }) => activity);
  }

  sendToAll(event: InboxNews): void {
    this.closeExpired();
    this.#connections.sendNumberedToAll(event);
    this.#log.add(event, this.#pollers.list().length > 0);
    this.#pollers.wake();
  }

  /** Refuses an ended session or, without `sessionId`, all of the user's: sockets close, and polls are answered. */
  revoke(who: Asker): void {
    this.#connections.closeRevoked(who);
    this.#pollers.wake();
  }

  /**
   * Closes silent sockets and those whose lease has ended. Call it before the clients are asked or told anything: no alarm does,
   * because an Inbox with open clients must not wake in silence.
   */
  closeExpired(): void {
    this.#connections.closeExpired();
  }

  /** When the first of the clients that poll counts as gone, ms UTC, unless it polls again; undefined without one. */
  pollerLeavesAt(): number | undefined {
    const [poller] = this.#pollers.list();
    return poller && poller.polledAt + POLLER_PRESENT_MS;
  }

  // Sockets

  hasTooManySockets(): boolean {
    return this.#connections.countOf(this.#effects.userId) >= SOCKETS_PER_USER;
  }

  /** Accepts a socket and sends it its first events. Returns the end for the client. */
  accept(identity: Identity, leaseUntil: number, first: readonly InboxNews[]): WebSocket {
    const { client, server } = this.#connections.accept(identity, leaseUntil);
    for (const event of first) this.#connections.sendNumbered(server, event);
    return client;
  }

  async receive(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    if (!isOpen(socket) || !this.#guard.admits(socket, data)) return;
    const frame = this.#read(readJson(data));
    this.#guard.count(socket, frame.state);
    if (frame.state !== 'handled') this.#connections.send(socket, [frame.error]);
    else if (frame.frame.type === 'presence') {
      this.#connections.setActivity(socket, frame.frame.state);
      this.#effects.changed();
    } else await this.#renew(socket, frame.frame.token);
  }

  /** A socket is gone. */
  forget(socket: WebSocket): void {
    this.#connections.forget(socket);
    this.#effects.left();
  }

  answerClose(socket: WebSocket): void {
    this.#connections.answerClose(socket);
  }

  // Long polling

  /** A client polls: it is open for `POLLER_PRESENT_MS`. */
  poll(client: string): void {
    this.#pollers.poll(this.#effects.userId, client);
  }

  /** The events after a position, as soon as there is one or after `waitMs`; undefined if some of them are lost. */
  async eventsAfter(position: LogPosition, waitMs: number): Promise<InboxEvent[] | undefined> {
    if (this.#log.after(position)?.length === 0) await this.#pollers.changed(waitMs);
    return this.#log.after(position);
  }

  /** The first events for a client that polls. The last one has the number of what was sent last to all. */
  firstEvents(first: readonly InboxNews[]): InboxEvent[] {
    const { n, epoch } = this.#log;
    return first.map((event, at) => ({
      ...event,
      ...(event.type === 'inbox_state' && { epoch }),
      n: n + 1 + at - first.length,
    }));
  }

  /** Handles the frames of a client that polls. Returns the errors of those that failed. */
  take(client: string, frames: readonly unknown[]): ErrorEvent[] {
    const { userId, changed } = this.#effects;
    return frames.flatMap((raw) => {
      const frame = this.#read(raw);
      if (frame.state !== 'handled') return frame.error;
      // Every request has a token of its own, so that `auth` has nothing to renew.
      if (frame.frame.type === 'presence') {
        this.#pollers.setActivity(userId, client, frame.frame.state);
        changed();
      }
      return [];
    });
  }

  async #renew(socket: WebSocket, token: string): Promise<void> {
    const { connectedAt, leaseUntil } = this.#connections.attachment(socket);
    await this.#guard.renew(socket, token, this.#effects.revoked);
    if (isOpen(socket)) this.#effects.renewed(connectedAt, leaseUntil - this.#effects.leaseMs);
  }

  #read(raw: unknown): ReadFrame {
    const retryAfterMs = this.#rate.take(this.#effects.userId);
    if (retryAfterMs > 0) {
      return { state: 'limited', error: errorEvent(tooMuch(retryAfterMs), nameOf(raw)) };
    }
    const frame = parseFrame(InboxFrame, raw);
    if (!frame.ok) return { state: 'invalid', error: errorEvent(frame.failure, nameOf(raw)) };
    return { state: 'handled', frame: frame.value };
  }
}

type ReadFrame =
  | { state: 'limited' | 'invalid'; error: ErrorEvent }
  | { state: 'handled'; frame: InboxFrame };
