import type { ClientFrame } from '../../../protocol/client-frames.ts';
import { CLOSE, type Failure, fail, type Result } from '../../../protocol/errors.ts';
import { FRAME_BYTES } from '../../../protocol/limits.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Clock } from '../../clock.ts';
import type { OpenGroup } from '../open-group.ts';
import type { Broadcast } from '../sockets/broadcast.ts';
import type { Connections } from '../sockets/connections.ts';
import { isOpen } from '../sockets/room-sockets.ts';
import { type Caller, handleFrame } from './handle-frame.ts';
import type { Overload, Shed } from './overload.ts';
import { RateLimit } from './rate-limit.ts';
import { errorEvent, isTooLarge, nameOf, readFrame, readJson } from './read-frame.ts';

/** A client that sends this many invalid frames in a row is not one of ours, or too old: it is disconnected. */
const INVALID_FRAMES = 10;
/**
 * A client is disconnected once this many more frames were refused than accepted. Refusals in a row would not do: in a busy
 * Room the next token comes before they do, and a client that floods it would never be stopped.
 */
const REFUSED_FRAMES = 60;

/** How many sockets of a hot Room are moved into memory, at once and each second. */
const MOVES = { burst: 30, perSecond: 100 };

/** Senders of these frames are moved. Other clients send few frames, and stay on a socket that hibernates. */
const MOVING: ReadonlySet<ClientFrame['type']> = new Set([
  'message',
  'edit_message',
  'delete_message',
  'reaction',
]);

/** What the receiver needs from the Room around it. */
export interface FrameReceiverEffects {
  clock: Clock;
  connections: Connections;
  broadcast: Broadcast;
  /** Limits the frames of each user over all their clients. */
  rate: RateLimit;
  /** Limits the frames of all sockets together. */
  overload: Overload<WebSocket>;
  leaseMs: number;
  /** Verifies a session token. */
  authenticate: (token: string) => Promise<Result<Identity>>;
}

/** Receives the frames of clients: checks size, rate and schema, and passes them to the rules. */
export class FrameReceiver {
  readonly #effects: FrameReceiverEffects;
  /** Invalid frames in a row, by socket. In memory: an eviction resets it. */
  readonly #invalid = new WeakMap<WebSocket, number>();
  /** How many more frames were refused than accepted, by socket. */
  readonly #refused = new WeakMap<WebSocket, number>();
  readonly #moves: RateLimit;

  constructor(effects: FrameReceiverEffects) {
    this.#effects = effects;
    this.#moves = new RateLimit(MOVES, effects.clock);
  }

  /** Handles one frame of a socket. Only `auth` awaits anything, so that frames keep their order. */
  async receive(group: OpenGroup, socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { connections, clock, overload } = this.#effects;
    // A disconnected client sends on until it notices, and repeats those frames when it is back.
    if (!isOpen(socket)) return;
    this.#disconnect(overload.note(socket));
    if (!isOpen(socket)) return;
    const { leaseUntil, userId } = connections.attachment(socket);
    const caller = this.#callerOf(socket, userId);
    if (leaseUntil <= clock()) {
      connections.close(socket, CLOSE.unauthenticated, 'lease ended');
    } else if (isTooLarge(data)) {
      const detail = `A frame holds at most ${FRAME_BYTES} bytes. Send less at once.`;
      caller.reply([errorEvent(fail('too_large', detail).failure)]);
      connections.close(socket, CLOSE.tooLarge, 'frame too large');
    } else {
      const isRevoked = (who: Identity) =>
        group.store.isRevoked([who.userId, who.sessionId], clock());
      const renew = (token: string) => this.#renew(socket, userId, token, isRevoked);
      const outcome = this.handle(group, caller, readJson(data), { room: overload, renew });
      this.#count(socket, outcome);
      if (outcome.state === 'handled' && MOVING.has(outcome.type)) this.#move(socket);
      if (outcome.state === 'renewing') await outcome.renewal;
    }
  }

  /**
   * Handles one frame of any client, already read from JSON: applies the rate limits, parses it, and replies with an error
   * if it fails. For a socket, `room` limits the whole Room's frames and `renew` takes a new token.
   */
  handle(
    group: OpenGroup,
    caller: Caller,
    raw: unknown,
    { room, renew }: { room?: Pick<Overload<WebSocket>, 'take'>; renew?: Renew } = {},
  ): Outcome {
    const refuse = (failure: Failure) => caller.reply([errorEvent(failure, nameOf(raw))]);
    // The user's own limit comes first: a frame that it refuses must not use up the Room's.
    const retryAfterMs = this.#effects.rate.take(caller.userId) || (room?.take() ?? 0);
    if (retryAfterMs > 0) {
      // An acknowledgement counts even when its frame is refused.
      if (nameOf(raw)?.type === 'thread_delivered') caller.acknowledge();
      refuse(tooMuch(retryAfterMs));
      return { state: 'limited' };
    }
    const frame = readFrame(raw);
    if (!frame.ok) {
      refuse(frame.failure);
      return { state: 'invalid' };
    }
    if (frame.value.type === 'auth') {
      return renew
        ? { state: 'renewing', renewal: renew(frame.value.token) }
        : { state: 'handled', type: 'auth' };
    }
    const handled = handleFrame(group, caller, frame.value);
    if (!handled.ok) refuse(handled.failure);
    return { state: 'handled', type: frame.value.type };
  }

  /** The caller behind a socket. Throws for a socket that was not accepted here. */
  callerOf(socket: WebSocket): Caller {
    return this.#callerOf(socket, this.#effects.connections.attachment(socket).userId);
  }

  #callerOf(socket: WebSocket, userId: string): Caller {
    const { connections, broadcast } = this.#effects;
    return {
      userId,
      reply: (events) => connections.send(socket, events),
      setActivity: (activity) => connections.setActivity(socket, activity),
      acknowledge: () => connections.acknowledge(socket),
      tooSlow: () => connections.close(socket, CLOSE.unavailable, 'too slow'),
      flush: () => broadcast.flush(),
    };
  }

  /** Disconnects the senders that overload has picked. */
  #disconnect(shed: readonly Shed<WebSocket>[]): void {
    const { connections } = this.#effects;
    for (const { sender, retryAfterMs } of shed) {
      connections.send(sender, [errorEvent(tooMuch(retryAfterMs))]);
      connections.close(sender, CLOSE.tooMany, 'too busy');
    }
  }

  /**
   * Moves a sender in a hot Room: closes its socket, so that it resumes on one that is held in memory. A few at a time,
   * because many reconnects at once would overload the Room again.
   */
  #move(socket: WebSocket): void {
    const { connections, broadcast, overload } = this.#effects;
    if (!overload.isHot() || !isOpen(socket) || !connections.isHibernating(socket)) return;
    if (this.#moves.take('room') > 0) return;
    // Its last frame must be acknowledged first, or the client would send it again.
    broadcast.flush();
    connections.close(socket, CLOSE.unavailable, 'moving');
  }

  /** Disconnects a client with too many invalid or refused frames. */
  #count(socket: WebSocket, { state }: Outcome): void {
    const { connections } = this.#effects;
    if (state === 'limited') {
      if (oneMore(this.#refused, socket) >= REFUSED_FRAMES) {
        connections.close(socket, CLOSE.tooMany, 'too many frames');
      }
      return;
    }
    const refused = this.#refused.get(socket) ?? 0;
    if (refused > 0) this.#refused.set(socket, refused - 1);
    if (state !== 'invalid') this.#invalid.delete(socket);
    else if (oneMore(this.#invalid, socket) >= INVALID_FRAMES) {
      connections.close(socket, CLOSE.protocol, 'invalid frames');
    }
  }

  async #renew(
    socket: WebSocket,
    userId: string,
    token: string,
    isRevoked: (who: Identity) => boolean,
  ): Promise<void> {
    const { connections, clock, leaseMs } = this.#effects;
    const identity = await this.#effects.authenticate(token);
    if (!isOpen(socket)) return;
    if (identity.ok && identity.value.userId === userId && !isRevoked(identity.value)) {
      connections.renew(socket, identity.value.sessionId, clock() + leaseMs);
    } else {
      connections.close(socket, CLOSE.unauthenticated, 'token refused');
    }
  }
}

/** Renews the lease of a socket with a new token of its user. */
type Renew = (token: string) => Promise<void>;

/** What happened to a frame. */
export type Outcome =
  | { state: 'limited' }
  | { state: 'invalid' }
  | { state: 'handled'; type: ClientFrame['type'] }
  | { state: 'renewing'; renewal: Promise<void> };

function tooMuch(retryAfterMs: number): Failure {
  return fail('rate_limited', `You're sending too fast. ${tryAgainIn(retryAfterMs)}`, {
    retryAfterMs,
  }).failure;
}

function tryAgainIn(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}

function oneMore(counts: WeakMap<WebSocket, number>, socket: WebSocket): number {
  const count = (counts.get(socket) ?? 0) + 1;
  counts.set(socket, count);
  return count;
}
