import { CLOSE, type CloseCode, REVOKED_REASON } from '../../../protocol/errors.ts';
import { SOCKET_SILENT_MS } from '../../../protocol/limits.ts';
import type { Activity } from '../../../protocol/models.ts';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Clock } from '../../clock.ts';
import type { Backlog } from './backlog.ts';
import { framesOf, type Outgoing } from './outgoing.ts';
import type { Attachment, RoomSockets } from './room-sockets.ts';

/**
 * What happens within so many ms goes out as one frame: with one frame an event, the sends of a busy Room leave it no
 * time to read (measured: at 1,000 messages a second into 100 sockets the median is 1,400 ms instead of 22).
 */
const COALESCE_MS = 5;
/** An event after so long a silence goes out at once: there is nothing to wait for. */
const SILENCE_MS = 100;
/** Under load timers starve: once the oldest event has waited so long, it is sent from inside the handler. */
const OLDEST_WAITS_MS = 100;
/**
 * A socket takes a frame in some 10 to 20 µs: with more of them frames go out less often and hold more events, so that
 * sending never takes more than a fraction of the Room's time. A Room of 100 sockets collects for 20 ms.
 */
const SOCKETS_SERVED_A_MS = 5;

/** RFC 6455, 7.4.1: the purpose of the connection has been fulfilled. */
const NORMAL_CLOSE = 1000;

/** When a Room has cooled down, so few held sockets a second are let go: their coming back must not make it hot again. */
const LET_GO_AT_ONCE = 25;
const LET_GO_EVERY_MS = 1_000;

/** The two kinds of socket, which one is to be used now, and who hears that one was closed. */
export interface ConnectionsParts {
  clock: Clock;
  hibernating: RoomSockets;
  held: RoomSockets;
  backlog: Backlog;
  /** Whether the Room has so much to do that whoever comes is held in memory. */
  isHot: () => boolean;
  /** We have ended a connection of this user; whether its client ever answers is its own matter. */
  ended: (userId: string) => void;
}

/**
 * The sockets of the people who look at the group. They hibernate, so that an idle Room costs nothing; in a Room that is
 * hot those who come are held in memory, until it has cooled down.
 */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #clock: Clock;
  readonly #kinds: readonly RoomSockets[];
  /** Those that we have ended: what the platform tells of them later is no news. */
  readonly #ended = new WeakSet<WebSocket>();
  #queue: Outgoing[] = [];
  #oldestAt = 0;
  #publishedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#kinds = [parts.held, parts.hibernating];
  }

  /** Takes a socket in. Gives the end that goes back to the client, and ours. */
  accept(
    { userId, sessionId }: Identity,
    leaseUntil: number,
  ): { client: WebSocket; server: WebSocket } {
    const { 0: client, 1: server } = new WebSocketPair();
    const { isHot, held, hibernating, backlog } = this.#parts;
    const kind = isHot() ? held : hibernating;
    const connectedAt = this.#clock();
    kind.accept(server, { userId, sessionId, connectedAt, leaseUntil, activity: 'online' });
    backlog.confirm(server);
    return { client, server };
  }

  /** Who the socket belongs to. */
  attachment(socket: WebSocket): Attachment {
    const attachment = this.#kindOf(socket).attachment(socket);
    if (!attachment) throw new Error('this socket was not accepted here');
    return attachment;
  }

  /** The same person has shown a new token: of this session, from now on. */
  renew(socket: WebSocket, sessionId: string, leaseUntil: number): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), sessionId, leaseUntil });
  }

  setActivity(socket: WebSocket, activity: Activity): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), activity });
  }

  /** Its client tells that it keeps up. */
  confirm(socket: WebSocket): void {
    this.#parts.backlog.confirm(socket);
  }

  /** Whether the socket hibernates: a hot Room is better off with one that is held. */
  isHibernating(socket: WebSocket): boolean {
    return this.#kindOf(socket) === this.#parts.hibernating;
  }

  /** The user of every open socket, or of one person's, and what its client says of them. */
  activities(userId?: string): { userId: string; activity: Activity }[] {
    return this.#open(userId).map((socket) => this.attachment(socket));
  }

  /** How many sockets a user has open; silent ones are closed first and do not count. */
  countOf(userId: string): number {
    const sockets = this.#open(userId);
    const silent = sockets.filter((socket) => this.#clock() > this.#silentAt(socket));
    for (const socket of silent) this.close(socket, CLOSE.unavailable, 'silent');
    return sockets.length - silent.length;
  }

  /** Sends an event to everyone, or to one person's sockets, with whatever else happens within a few ms. */
  publish(event: ServerEvent, onlyTo?: string): void {
    const now = this.#clock();
    if (this.#queue.length === 0) this.#oldestAt = now;
    this.#queue.push({ event, onlyTo });
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
    const frameFor = framesOf(this.#queue);
    // Only changes are told as applied; what is true for the moment could not be confirmed by anybody.
    const isConfirmable = this.#queue.some(({ event }) => 'rev' in event);
    this.#queue = [];
    let longest = 0;
    for (const kind of this.#kinds) {
      for (const socket of kind.all()) {
        const frame = frameFor(kind.attachment(socket)?.userId ?? '');
        if (frame === undefined) continue;
        this.#sendText(socket, frame);
        longest = Math.max(longest, frame.length);
      }
    }
    if (isConfirmable && this.#parts.backlog.sent(longest)) this.#closeStuck();
  }

  /** Sends events to one socket only. */
  send(socket: WebSocket, events: ServerEvent[]): void {
    this.#sendText(socket, JSON.stringify(events));
  }

  /** Ends a connection. */
  close(socket: WebSocket, code: CloseCode, reason: string): void {
    const userId = this.forget(socket);
    endQuietly(socket, code, reason);
    if (userId !== undefined) this.#parts.ended(userId);
  }

  /** A socket is gone. Gives whose it was; undefined for one that was gone before. */
  forget(socket: WebSocket): string | undefined {
    const kind = this.#kindOf(socket);
    const attachment = kind.attachment(socket);
    kind.forget(socket);
    if (this.#ended.has(socket)) return undefined;
    this.#ended.add(socket);
    return attachment?.userId;
  }

  /** Ends the handshake that the client began. Its own code is not sent back: some of them must not be. */
  answerClose(socket: WebSocket): void {
    endQuietly(socket, NORMAL_CLOSE, '');
  }

  /** Sends out what is queued and then closes all sockets of a user who is no member any more. */
  closeFormerMember(userId: string): void {
    this.flush();
    for (const socket of this.#open(userId)) this.close(socket, CLOSE.forbidden, 'left');
  }

  /** Closes the sockets of a session, or of the whole user, that was ended. */
  closeRevoked({ userId, sessionId }: { userId: string; sessionId?: string | undefined }): void {
    for (const socket of this.#open(userId)) {
      if (sessionId !== undefined && this.attachment(socket).sessionId !== sessionId) continue;
      this.close(socket, CLOSE.unauthenticated, REVOKED_REASON);
    }
  }

  /** Closes sockets that are silent or whose lease ran out. Gives when to look again, if any is open. */
  closeExpired(): number | undefined {
    const now = this.#clock();
    let lookAgainAt: number | undefined;
    for (const socket of this.#open()) {
      const { leaseUntil } = this.attachment(socket);
      const silentAt = this.#silentAt(socket);
      if (leaseUntil <= now) this.close(socket, CLOSE.unauthenticated, 'lease ended');
      else if (silentAt < now) this.close(socket, CLOSE.unavailable, 'silent');
      else lookAgainAt = Math.min(lookAgainAt ?? leaseUntil, leaseUntil, silentAt + 1);
    }
    return this.#letGo() ? now + LET_GO_EVERY_MS : lookAgainAt;
  }

  /** In a Room that has cooled down, closes some of the sockets that are held. Whether more are left. */
  #letGo(): boolean {
    if (this.#parts.isHot()) return false;
    const held = this.#parts.held.open();
    for (const socket of held.slice(0, LET_GO_AT_ONCE)) {
      this.close(socket, CLOSE.unavailable, 'resting');
    }
    return held.length > LET_GO_AT_ONCE;
  }

  #closeStuck(): void {
    for (const socket of this.#open()) {
      if (this.#parts.backlog.isStuck(socket)) this.close(socket, CLOSE.unavailable, 'too slow');
    }
  }

  #sendText(socket: WebSocket, text: string): void {
    try {
      socket.send(text);
    } catch {
      // It went away between being listed and now: its client resumes with `since` and misses nothing.
      this.close(socket, CLOSE.unavailable, 'gone');
    }
  }

  /** How long events are collected before they go out as one frame. */
  #collectMs(): number {
    const sockets = this.#kinds.reduce((sum, kind) => sum + kind.all().length, 0);
    return Math.min(Math.max(sockets / SOCKETS_SERVED_A_MS, COALESCE_MS), OLDEST_WAITS_MS);
  }

  #open(userId?: string): WebSocket[] {
    return this.#kinds.flatMap((kind) => kind.open(userId));
  }

  #kindOf(socket: WebSocket): RoomSockets {
    const { held, hibernating } = this.#parts;
    return held.attachment(socket) ? held : hibernating;
  }

  /** When it counts as gone, if nothing is heard of its client until then. */
  #silentAt(socket: WebSocket): number {
    const pingedAt = this.#kindOf(socket).pingedAt(socket) ?? 0;
    return Math.max(pingedAt, this.attachment(socket).connectedAt) + SOCKET_SILENT_MS;
  }
}

function endQuietly(
  socket: WebSocket,
  code: CloseCode | typeof NORMAL_CLOSE,
  reason: string,
): void {
  try {
    socket.close(code, reason);
  } catch {
    // Closed already, by its client or by us.
  }
}
