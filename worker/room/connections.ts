import { CLOSE, type CloseCode, REVOKED_REASON } from '../../protocol/errors.ts';
import { SOCKET_SILENT_MS } from '../../protocol/limits.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { Identity } from '../identity.ts';
import type { HeldSockets } from './held-sockets.ts';
import type { HibernatingSockets } from './hibernating-sockets.ts';
import type { Activity } from './presence.ts';
import type { Attachment, RoomSockets, Whose } from './room-sockets.ts';

/**
 * What happens within so many ms goes out as one frame: with one frame an event, the sends of a busy Room leave it no
 * time to read (measured: at 1,000 messages a second into 100 sockets the median is 1,400 ms instead of 22).
 */
const COALESCE_MS = 5;
/** An event after so long a silence goes out at once: there is nothing to wait for. */
const SILENCE_MS = 100;
/** Under load timers starve: once the oldest event has waited so long, it is sent from inside the handler. */
const OLDEST_WAITS_MS = 100;

/** RFC 6455, 7.4.1: the purpose of the connection has been fulfilled. */
const NORMAL_CLOSE = 1000;

/** When a Room has cooled down, so many held sockets a second are let go, to come back as hibernating ones. */
const LET_GO_AT_ONCE = 100;
const LET_GO_EVERY_MS = 1_000;

/**
 * A socket takes a frame in some 10 to 20 µs: with more of them frames go out less often and hold more events, so that
 * sending never takes more than a fraction of the Room's time. A Room of 100 sockets collects for 20 ms.
 */
const SOCKETS_SERVED_A_MS = 5;

/** The two kinds of socket, and which one is to be used now. */
export interface ConnectionsParts {
  clock: Clock;
  hibernating: HibernatingSockets;
  held: HeldSockets;
  /** Whether the Room has so much to do that whoever comes is held in memory. */
  isHot: () => boolean;
}

/**
 * The sockets of the people who look at the group. They hibernate, so that an idle Room costs nothing; in a Room that has
 * been overloaded those who come are held in memory, until it has cooled down.
 */
export class Connections {
  readonly #clock: Clock;
  readonly #hibernating: RoomSockets;
  readonly #held: RoomSockets;
  readonly #isHot: () => boolean;
  #queue: ServerEvent[] = [];
  #oldestAt = 0;
  #publishedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ clock, hibernating, held, isHot }: ConnectionsParts) {
    this.#clock = clock;
    this.#hibernating = hibernating;
    this.#held = held;
    this.#isHot = isHot;
  }

  /** Takes a socket in. Gives the end that goes back to the client, and ours. */
  accept(
    { userId, sessionId }: Identity,
    leaseUntil: number,
  ): { client: WebSocket; server: WebSocket } {
    const { 0: client, 1: server } = new WebSocketPair();
    const kind = this.#isHot() ? this.#held : this.#hibernating;
    const connectedAt = this.#clock();
    kind.accept(server, { userId, sessionId, connectedAt, leaseUntil, activity: 'online' });
    return { client, server };
  }

  /** Who the socket belongs to. */
  attachment(socket: WebSocket): Attachment {
    const attachment = this.#kindOf(socket).attachment(socket);
    if (!attachment) throw new Error('this socket was not accepted here');
    return attachment;
  }

  renew(socket: WebSocket, leaseUntil: number): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), leaseUntil });
  }

  setActivity(socket: WebSocket, activity: Activity): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), activity });
  }

  /** The user of every open socket, or of one person's, and what its client says of them. */
  activities(userId?: string): { userId: string; activity: Activity }[] {
    const whose = userId === undefined ? undefined : { userId };
    return this.#open(whose).map((socket) => this.attachment(socket));
  }

  /** Sends an event to one person's sockets only. */
  sendTo(userId: string, event: ServerEvent): void {
    const frame = JSON.stringify([event]);
    for (const socket of this.#open({ userId })) sendText(socket, frame);
  }

  /** How many sockets a user has open; silent ones are closed first and do not count. */
  countOf(userId: string): number {
    const sockets = this.#open({ userId });
    const silent = sockets.filter((socket) => this.#isSilent(socket));
    for (const socket of silent) close(socket, CLOSE.unavailable, 'silent');
    return sockets.length - silent.length;
  }

  /** Sends an event to everyone, with whatever else happens within a few ms. */
  publish(event: ServerEvent): void {
    const now = this.#clock();
    if (this.#queue.length === 0) this.#oldestAt = now;
    this.#queue.push(event);
    const isFirst = now - this.#publishedAt >= SILENCE_MS;
    this.#publishedAt = now;
    if (isFirst || now - this.#oldestAt >= OLDEST_WAITS_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#collectMs());
  }

  /** Sends out what is queued: before a state is built, so that the next rev on its socket is the state's + 1. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length === 0) return;
    const frame = JSON.stringify(this.#queue);
    this.#queue = [];
    for (const socket of this.#held.all()) sendText(socket, frame);
    for (const socket of this.#hibernating.all()) sendText(socket, frame);
  }

  /** Sends events to one socket only. */
  send(socket: WebSocket, events: ServerEvent[]): void {
    sendText(socket, JSON.stringify(events));
  }

  close(socket: WebSocket, code: CloseCode, reason: string): void {
    close(socket, code, reason);
  }

  /** A socket has closed. Gives whose it was. */
  forget(socket: WebSocket): string {
    const { userId } = this.attachment(socket);
    this.#kindOf(socket).forget(socket);
    return userId;
  }

  /** Ends the handshake that the client began. Its own code is not sent back: some of them must not be. */
  answerClose(socket: WebSocket): void {
    close(socket, NORMAL_CLOSE, '');
  }

  /** Sends out what is queued and then closes all sockets of a user who is no member any more. */
  closeFormerMember(userId: string): void {
    this.flush();
    for (const socket of this.#open({ userId })) close(socket, CLOSE.forbidden, 'left');
  }

  /** Closes the sockets of a session, or of the whole user, that was ended. */
  closeRevoked({ userId, sessionId }: { userId: string; sessionId?: string | undefined }): void {
    const whose = sessionId === undefined ? { userId } : { sessionId };
    for (const socket of this.#open(whose)) close(socket, CLOSE.unauthenticated, REVOKED_REASON);
  }

  /** Closes sockets that are silent or whose lease ran out. Gives whose they were, and when to look again, if any is open. */
  closeExpired(): { userIds: string[]; lookAgainAt: number | undefined } {
    const now = this.#clock();
    const userIds: string[] = [];
    let lookAgainAt: number | undefined;
    for (const socket of this.#open()) {
      const { leaseUntil, userId } = this.attachment(socket);
      const hasEnded = leaseUntil <= now;
      if (hasEnded) close(socket, CLOSE.unauthenticated, 'lease ended');
      else if (this.#isSilent(socket)) close(socket, CLOSE.unavailable, 'silent');
      else {
        lookAgainAt = Math.min(lookAgainAt ?? now + SOCKET_SILENT_MS, leaseUntil);
        continue;
      }
      userIds.push(userId);
    }
    if (this.#letGo()) lookAgainAt = now + LET_GO_EVERY_MS;
    return { userIds, lookAgainAt };
  }

  /** In a Room that has cooled down, closes some of the sockets that are held. Whether more are left. */
  #letGo(): boolean {
    if (this.#isHot()) return false;
    const held = this.#held.open();
    for (const socket of held.slice(0, LET_GO_AT_ONCE)) close(socket, CLOSE.unavailable, 'resting');
    return held.length > LET_GO_AT_ONCE;
  }

  /** How long events are collected before they go out as one frame. */
  #collectMs(): number {
    const sockets = this.#held.all().length + this.#hibernating.all().length;
    return Math.min(Math.max(sockets / SOCKETS_SERVED_A_MS, COALESCE_MS), OLDEST_WAITS_MS);
  }

  #open(whose?: Whose): WebSocket[] {
    return [...this.#held.open(whose), ...this.#hibernating.open(whose)];
  }

  #kindOf(socket: WebSocket): RoomSockets {
    return this.#held.attachment(socket) ? this.#held : this.#hibernating;
  }

  #isSilent(socket: WebSocket): boolean {
    const pingedAt = this.#kindOf(socket).pingedAt(socket) ?? 0;
    const heardAt = Math.max(pingedAt, this.attachment(socket).connectedAt);
    return this.#clock() - heardAt > SOCKET_SILENT_MS;
  }
}

function sendText(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // It went away between being listed and now: its client resumes with `since` and misses nothing.
    close(socket, CLOSE.unavailable, 'gone');
  }
}

function close(socket: WebSocket, code: CloseCode | typeof NORMAL_CLOSE, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // Closed already, by its client or by us.
  }
}
