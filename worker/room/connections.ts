import * as z from 'zod/mini';
import { CLOSE, type CloseCode, REVOKED_REASON } from '../../protocol/errors.ts';
import { PING, PONG, SOCKET_SILENT_MS } from '../../protocol/limits.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { Identity } from '../identity.ts';
import type { Activity } from './presence.ts';

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

/** What a socket carries through hibernation. */
const Attachment = z.object({
  userId: z.string(),
  sessionId: z.string(),
  connectedAt: z.int(),
  leaseUntil: z.int(),
  /** What the client says of its user: absent in sockets that were opened by an earlier version. */
  activity: z._default(z.enum(['online', 'away']), 'online'),
});
export type Attachment = z.infer<typeof Attachment>;

/** The sockets of the people who look at the group. They hibernate: an idle Room costs nothing. */
export class Connections {
  readonly #state: DurableObjectState;
  readonly #clock: Clock;
  #queue: ServerEvent[] = [];
  #oldestAt = 0;
  #publishedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: DurableObjectState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Takes a socket in. Gives the end that goes back to the client, and ours. */
  accept(
    { userId, sessionId }: Identity,
    leaseUntil: number,
  ): { client: WebSocket; server: WebSocket } {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#state.acceptWebSocket(server, [userTag(userId), sessionTag(sessionId)]);
    const connectedAt = this.#clock();
    attach(server, { userId, sessionId, connectedAt, leaseUntil, activity: 'online' });
    return { client, server };
  }

  /** Who the socket belongs to. */
  attachment(socket: WebSocket): Attachment {
    return Attachment.parse(socket.deserializeAttachment());
  }

  renew(socket: WebSocket, leaseUntil: number): void {
    attach(socket, { ...this.attachment(socket), leaseUntil });
  }

  setActivity(socket: WebSocket, activity: Activity): void {
    attach(socket, { ...this.attachment(socket), activity });
  }

  /** The user of every open socket, or of one person's, and what its client says of them. */
  activities(userId?: string): { userId: string; activity: Activity }[] {
    const tag = userId === undefined ? undefined : userTag(userId);
    return this.#open(tag).map((socket) => this.attachment(socket));
  }

  /** Sends an event to one person's sockets only. */
  sendTo(userId: string, event: ServerEvent): void {
    const frame = JSON.stringify([event]);
    for (const socket of this.#open(userTag(userId))) sendText(socket, frame);
  }

  /** How many sockets a user has open; silent ones are closed first and do not count. */
  countOf(userId: string): number {
    const sockets = this.#open(userTag(userId));
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
    else this.#timer ??= setTimeout(() => this.flush(), COALESCE_MS);
  }

  /** Sends out what is queued: before a state is built, so that the next rev on its socket is the state's + 1. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length === 0) return;
    const frame = JSON.stringify(this.#queue);
    this.#queue = [];
    for (const socket of this.#open()) sendText(socket, frame);
  }

  /** Sends events to one socket only. */
  send(socket: WebSocket, events: ServerEvent[]): void {
    sendText(socket, JSON.stringify(events));
  }

  close(socket: WebSocket, code: CloseCode, reason: string): void {
    close(socket, code, reason);
  }

  /** Ends the handshake that the client began. Its own code is not sent back: some of them must not be. */
  answerClose(socket: WebSocket): void {
    close(socket, NORMAL_CLOSE, '');
  }

  /** Sends out what is queued and then closes all sockets of a user who is no member any more. */
  closeFormerMember(userId: string): void {
    this.flush();
    for (const socket of this.#open(userTag(userId))) close(socket, CLOSE.forbidden, 'left');
  }

  /** Closes the sockets of a session, or of the whole user, that was ended. */
  closeRevoked({ userId, sessionId }: { userId: string; sessionId?: string | undefined }): void {
    const tag = sessionId === undefined ? userTag(userId) : sessionTag(sessionId);
    for (const socket of this.#open(tag)) close(socket, CLOSE.unauthenticated, REVOKED_REASON);
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
    return { userIds, lookAgainAt };
  }

  /** The platform goes on listing sockets that are closing; sending to one of those throws. */
  #open(tag?: string): WebSocket[] {
    return this.#state.getWebSockets(tag).filter((socket) => socket.readyState === WebSocket.OPEN);
  }

  #isSilent(socket: WebSocket): boolean {
    const pingedAt = this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime();
    const heardAt = Math.max(pingedAt ?? 0, this.attachment(socket).connectedAt);
    return this.#clock() - heardAt > SOCKET_SILENT_MS;
  }
}

const userTag = (userId: string) => `user:${userId}`;
const sessionTag = (sessionId: string) => `session:${sessionId}`;

function attach(socket: WebSocket, attachment: Attachment): void {
  socket.serializeAttachment(attachment);
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
