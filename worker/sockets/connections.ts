import { CLOSE, type CloseCode, REVOKED_REASON } from '../../protocol/errors.ts';
import { SOCKET_SILENT_MS } from '../../protocol/limits.ts';
import type { PresentState } from '../../protocol/models.ts';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../clock.ts';
import type { Backlog } from './backlog.ts';
import type { Attachment, Sockets } from './sockets.ts';

/** RFC 6455, 7.4.1: the purpose of the connection has been fulfilled. */
const NORMAL_CLOSE = 1000;

/** A Room that has cooled down closes this many held sockets a second: more reconnects could make it hot again. */
const RELEASED_AT_ONCE = 25;
const RELEASE_EVERY_MS = 1_000;

/** How often a busy object looks for dead sockets. */
const LOOK_EVERY_MS = 30_000;

/** What connections need from the Room around them. */
export interface ConnectionsParts {
  clock: Clock;
  hibernating: Sockets;
  held: Sockets;
  backlog: Backlog;
  /** Whether the Room is so busy that new sockets are held in memory. */
  isHot: () => boolean;
  /** The Room has closed a socket of this user, whether or not its client ever answers. */
  ended: (userId: string) => void;
}

/**
 * The sockets of the users who have the group open. They hibernate, so that an idle Room costs nothing. A hot Room holds
 * new sockets in memory until it has cooled down.
 */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #clock: Clock;
  readonly #kinds: readonly Sockets[];
  /** Sockets that were closed: later events of the platform about them change nothing. */
  readonly #ended = new WeakSet<WebSocket>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#kinds = [parts.held, parts.hibernating];
  }

  /** Accepts a socket. `client` is the end to return to the client, `server` is the Room's. */
  accept(
    { userId, sessionId }: Identity,
    leaseUntil: number,
  ): { client: WebSocket; server: WebSocket } {
    const { 0: client, 1: server } = new WebSocketPair();
    const { isHot, held, hibernating, backlog } = this.#parts;
    const kind = isHot() ? held : hibernating;
    const connectedAt = this.#clock();
    kind.accept(server, {
      userId,
      sessionId,
      connectedAt,
      leaseUntil,
      activity: 'online',
      sent: 0,
    });
    backlog.acknowledge(server);
    return { client, server };
  }

  /** The user, session and lease of a socket. Throws for a socket that was not accepted here. */
  attachment(socket: WebSocket): Attachment {
    const attachment = this.#kindOf(socket).attachment(socket);
    if (!attachment) throw new Error('this socket was not accepted here');
    return attachment;
  }

  /** The same user has sent a new token: the socket belongs to its session, until the new lease ends. */
  renew(socket: WebSocket, sessionId: string, leaseUntil: number): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), sessionId, leaseUntil });
  }

  setActivity(socket: WebSocket, activity: PresentState): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), activity });
  }

  /** Sets the users whose presence the client watches, at most `USERS_WATCHED`: an attachment has 16,384 bytes. */
  setWatching(socket: WebSocket, watching: string[]): void {
    this.#kindOf(socket).attach(socket, { ...this.attachment(socket), watching });
  }

  /** The users whose presence the client watches; none for a socket that is gone. */
  watching(socket: WebSocket): readonly string[] {
    return this.#kindOf(socket).attachment(socket)?.watching ?? [];
  }

  /** The client has acknowledged what it has applied. */
  acknowledge(socket: WebSocket): void {
    this.#parts.backlog.acknowledge(socket);
  }

  /** Whether the socket hibernates. In a hot Room it should be held instead. */
  isHibernating(socket: WebSocket): boolean {
    return this.#kindOf(socket) === this.#parts.hibernating;
  }

  /** Every open socket, or those of one user, with the state that its client reports. */
  activities(userId?: string): { userId: string; activity: PresentState }[] {
    return this.#open(userId).map((socket) => this.attachment(socket));
  }

  /** How many sockets there are, some of them perhaps closing. */
  count(): number {
    return this.#kinds.reduce((sum, kind) => sum + kind.all().length, 0);
  }

  /** How many sockets a user has open. Silent ones are closed first and do not count. */
  countOf(userId: string): number {
    const sockets = this.#open(userId);
    const silent = sockets.filter((socket) => this.#clock() > this.#silentAt(socket));
    for (const socket of silent) this.close(socket, CLOSE.unavailable, 'silent');
    return sockets.length - silent.length;
  }

  /**
   * Sends each user's frame to all of their sockets. `isAcknowledged`: clients will acknowledge what it holds. Returns to how
   * many sockets a frame went, and the characters of the longest.
   */
  sendToAll(
    frameFor: (userId: string) => string | undefined,
    isAcknowledged: boolean,
  ): { sockets: number; longest: number } {
    this.closeExpiredSometimes();
    const now = this.#clock();
    const expired: WebSocket[] = [];
    let sockets = 0;
    let longest = 0;
    for (const kind of this.#kinds) {
      for (const socket of kind.all()) {
        const { userId = '', leaseUntil = now } = kind.attachment(socket) ?? {};
        if (leaseUntil <= now) expired.push(socket);
        const frame = leaseUntil > now ? frameFor(userId) : undefined;
        if (frame === undefined) continue;
        this.#sendText(socket, frame);
        sockets++;
        longest = Math.max(longest, frame.length);
      }
    }
    for (const socket of expired) this.close(socket, CLOSE.unauthenticated, 'lease ended');
    if (isAcknowledged && this.#parts.backlog.sent(longest)) this.#closeStuck();
    return { sockets, longest };
  }

  /** Sends each client the events that are about users whom it watches. `events` are by user id. */
  sendWatched(events: ReadonlyMap<string, object>): void {
    const now = this.#clock();
    for (const kind of this.#kinds) {
      for (const socket of kind.all()) {
        const { watching, leaseUntil = now } = kind.attachment(socket) ?? {};
        const theirs = watching?.flatMap((userId) => events.get(userId) ?? []) ?? [];
        if (theirs.length > 0 && leaseUntil > now) this.send(socket, theirs);
      }
    }
  }

  /** Sends events to one socket only. */
  send(socket: WebSocket, events: readonly object[]): void {
    this.#sendText(socket, JSON.stringify(events));
  }

  /** Sends an event to one socket with `n`, the number of such events on this socket. */
  sendNumbered(socket: WebSocket, event: object): void {
    const attachment = this.attachment(socket);
    const n = attachment.sent + 1;
    this.#kindOf(socket).attach(socket, { ...attachment, sent: n });
    this.send(socket, [{ ...event, n }]);
  }

  /** Sends an event to every open socket, on each with the next number. */
  sendNumberedToAll(event: object): void {
    for (const socket of this.#open()) this.sendNumbered(socket, event);
  }

  /** Closes a socket from the Room's side. */
  close(socket: WebSocket, code: CloseCode, reason: string): void {
    const userId = this.forget(socket);
    endQuietly(socket, code, reason);
    if (userId !== undefined) this.#parts.ended(userId);
  }

  /** Removes a socket that is gone. Returns its user; undefined for a socket that was removed before. */
  forget(socket: WebSocket): string | undefined {
    const kind = this.#kindOf(socket);
    const attachment = kind.attachment(socket);
    kind.forget(socket);
    if (this.#ended.has(socket)) return undefined;
    this.#ended.add(socket);
    return attachment?.userId;
  }

  /** Completes the close handshake that the client began. Its code is not echoed: some codes must not be sent. */
  answerClose(socket: WebSocket): void {
    endQuietly(socket, NORMAL_CLOSE, '');
  }

  /** Closes all sockets of a user who is no longer a member. */
  closeFormerMember(userId: string): void {
    for (const socket of this.#open(userId)) this.close(socket, CLOSE.forbidden, 'left');
  }

  /** Closes the sockets of everyone. */
  closeAll(code: CloseCode, reason: string): void {
    for (const socket of this.#open()) this.close(socket, code, reason);
  }

  /** Closes the sockets of an ended session or, without `sessionId`, all sockets of the user. */
  closeRevoked({ userId, sessionId }: { userId: string; sessionId?: string | undefined }): void {
    for (const socket of this.#open(userId)) {
      if (sessionId !== undefined && this.attachment(socket).sessionId !== sessionId) continue;
      this.close(socket, CLOSE.unauthenticated, REVOKED_REASON);
    }
  }

  /** Closes silent sockets and those whose lease has ended, unless it was done a moment ago. */
  closeExpiredSometimes(): void {
    if (this.#clock() - this.#lookedAt >= LOOK_EVERY_MS) this.closeExpired();
  }

  /** Closes silent sockets and those whose lease has ended. Returns when to call again, ms UTC, if any is open. */
  closeExpired(): number | undefined {
    const now = this.#clock();
    this.#lookedAt = now;
    let lookAgainAt: number | undefined;
    for (const socket of this.#open()) {
      const { leaseUntil } = this.attachment(socket);
      const silentAt = this.#silentAt(socket);
      if (leaseUntil <= now) this.close(socket, CLOSE.unauthenticated, 'lease ended');
      else if (silentAt < now) this.close(socket, CLOSE.unavailable, 'silent');
      else lookAgainAt = Math.min(lookAgainAt ?? leaseUntil, leaseUntil, silentAt + 1);
    }
    return lookAgainAt;
  }

  /** Closes some of the held sockets in a Room that has cooled down. Returns when to call again, ms UTC, if more are left. */
  releaseHeld(): number | undefined {
    if (this.#parts.isHot()) return undefined;
    const held = this.#parts.held.open();
    for (const socket of held.slice(0, RELEASED_AT_ONCE)) {
      this.close(socket, CLOSE.unavailable, 'resting');
    }
    return held.length > RELEASED_AT_ONCE ? this.#clock() + RELEASE_EVERY_MS : undefined;
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
      // It closed after it was listed. Its client resumes with `since` and misses nothing.
      this.close(socket, CLOSE.unavailable, 'gone');
    }
  }

  #open(userId?: string): WebSocket[] {
    return this.#kinds.flatMap((kind) => kind.open(userId));
  }

  #kindOf(socket: WebSocket): Sockets {
    const { held, hibernating } = this.#parts;
    return held.attachment(socket) ? held : hibernating;
  }

  /** When the socket counts as gone, unless its client pings before. */
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
    // Closed already, by its client or by the Room.
  }
}
