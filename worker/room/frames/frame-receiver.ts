import * as z from 'zod/mini';
import { ClientFrame } from '../../../protocol/client-frames.ts';
import { CLOSE, type Failure, fail, type Result } from '../../../protocol/errors.ts';
import { FRAME_BYTES } from '../../../protocol/limits.ts';
import type { ErrorEvent } from '../../../protocol/server-events.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Clock } from '../../clock.ts';
import type { OpenGroup } from '../open-group.ts';
import type { Connections } from '../sockets/connections.ts';
import { isOpen } from '../sockets/room-sockets.ts';
import { type Caller, handleFrame } from './handle-frame.ts';
import type { Overload, Shed } from './overload.ts';
import { RateLimit } from './rate-limit.ts';

/** A client that sends so many frames in a row that we cannot read is not one of ours, or too old. */
const INVALID_FRAMES = 10;
/**
 * A client that was told to wait so many times more than it was let through is disconnected. Not so many times in a row:
 * in a busy Room the next token comes before they do, and whoever floods it would never be stopped.
 */
const REFUSED_FRAMES = 60;

/** How many sockets of a hot Room may move, at once and a second. */
const MOVES = { burst: 30, perSecond: 100 };

/** The frames of those who talk. Everyone else sends few, and stays where they are. */
const TALK: ReadonlySet<ClientFrame['type']> = new Set([
  'message',
  'edit_message',
  'delete_message',
  'reaction',
]);

/** What the receiver needs from the Room around it. */
export interface FrameReceiverEffects {
  clock: Clock;
  connections: Connections;
  /** A user's frames, over all their clients. */
  rate: RateLimit;
  /** All frames of all sockets. */
  overload: Overload<WebSocket>;
  leaseMs: number;
  /** Whom a token speaks for. */
  authenticate: (token: string) => Promise<Result<Identity>>;
}

/** Enough of a frame that we cannot read to say which one it was. */
const FrameName = z.object({
  type: z.optional(z.string()),
  ref: z.optional(z.string()),
  id: z.optional(z.string()),
});
type FrameName = z.infer<typeof FrameName>;

/** Takes frames in: bounds, parses, and hands them to the rules. */
export class FrameReceiver {
  readonly #effects: FrameReceiverEffects;
  /** Frames in a row that could not be read, by socket. In memory: an eviction forgives. */
  readonly #invalid = new WeakMap<WebSocket, number>();
  /** How many more frames were refused than let through, by socket. */
  readonly #limited = new WeakMap<WebSocket, number>();
  readonly #moves: RateLimit;

  constructor(effects: FrameReceiverEffects) {
    this.#effects = effects;
    this.#moves = new RateLimit(MOVES, effects.clock);
  }

  /** Handles one frame of a socket. Without an `await` unless it is `auth`, so that frames keep their order. */
  async receive(group: OpenGroup, socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { connections, clock, overload } = this.#effects;
    // A client that is disconnected goes on until it hears of it; what it says then it says again when it is back.
    if (!isOpen(socket)) return;
    this.#shed(overload.note(socket));
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
      const taken = this.take(group, caller, readJson(data), { room: overload, renew });
      this.#count(socket, taken);
      if (taken.state === 'handled' && TALK.has(taken.type)) this.#move(socket);
      if (taken.state === 'renewing') await taken.renewal;
    }
  }

  /**
   * Handles one frame of any client, already read from JSON: counts it, parses it, does what it asks for and tells the
   * caller what failed. On a socket, `room` says whether the Room is too busy for it, and `renew` takes a new token.
   */
  take(
    group: OpenGroup,
    caller: Caller,
    raw: unknown,
    { room, renew }: { room?: Pick<Overload<WebSocket>, 'take'>; renew?: Renew } = {},
  ): Taken {
    const refuse = (failure: Failure) =>
      caller.reply([errorEvent(failure, FrameName.safeParse(raw).data)]);
    // A person's own limit comes first: what is refused for it must not use up what the Room has for all.
    const retryAfterMs = this.#effects.rate.take(caller.userId) || (room?.take() ?? 0);
    if (retryAfterMs > 0) {
      // Count acknowledgements even when the frame itself is refused.
      if (FrameName.safeParse(raw).data?.type === 'thread_delivered') caller.keepsUp();
      refuse(tooMuch(retryAfterMs));
      return { state: 'limited' };
    }
    const frame = ClientFrame.safeParse(raw);
    if (!frame.success) {
      refuse(invalid(frame.error));
      return { state: 'invalid' };
    }
    if (frame.data.type === 'auth') {
      return renew
        ? { state: 'renewing', renewal: renew(frame.data.token) }
        : { state: 'handled', type: 'auth' };
    }
    const handled = handleFrame(group, caller, frame.data);
    if (!handled.ok) refuse(handled.failure);
    return { state: 'handled', type: frame.data.type };
  }

  callerOf(socket: WebSocket): Caller {
    return this.#callerOf(socket, this.#effects.connections.attachment(socket).userId);
  }

  #callerOf(socket: WebSocket, userId: string): Caller {
    const { connections } = this.#effects;
    return {
      userId,
      reply: (events) => connections.send(socket, events),
      setActivity: (activity) => connections.setActivity(socket, activity),
      keepsUp: () => connections.confirm(socket),
      tooSlow: () => connections.close(socket, CLOSE.unavailable, 'too slow'),
      flush: () => connections.flush(),
    };
  }

  /** Disconnects whoever has to go for the Room to keep up. */
  #shed(shed: readonly Shed<WebSocket>[]): void {
    const { connections } = this.#effects;
    for (const { sender, retryAfterMs } of shed) {
      connections.send(sender, [errorEvent(tooMuch(retryAfterMs))]);
      connections.close(sender, CLOSE.tooMany, 'too busy');
    }
  }

  /**
   * Lets whoever talks in a hot Room come back on a socket that is held in memory; it resumes where it was. A few at a
   * time: all at once would be a storm of their own.
   */
  #move(socket: WebSocket): void {
    const { connections, overload } = this.#effects;
    if (!overload.isHot() || !isOpen(socket) || !connections.isHibernating(socket)) return;
    if (this.#moves.take('room') > 0) return;
    // What it has just said is acknowledged first: otherwise it would say it again.
    connections.flush();
    connections.close(socket, CLOSE.unavailable, 'moving');
  }

  /** Ends the connection of a client that goes on and on with what cannot be taken. */
  #count(socket: WebSocket, { state }: Taken): void {
    const { connections } = this.#effects;
    if (state === 'limited') {
      if (oneMore(this.#limited, socket) >= REFUSED_FRAMES) {
        connections.close(socket, CLOSE.tooMany, 'too many frames');
      }
      return;
    }
    const limited = this.#limited.get(socket) ?? 0;
    if (limited > 0) this.#limited.set(socket, limited - 1);
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

/** Takes a new token of the same person. */
type Renew = (token: string) => Promise<void>;

/** What became of a frame. */
export type Taken =
  | { state: 'limited' }
  | { state: 'invalid' }
  | { state: 'handled'; type: ClientFrame['type'] }
  | { state: 'renewing'; renewal: Promise<void> };

/** What a client is told about a frame (or a connection) that came to nothing. */
export function errorEvent(failure: Failure, { ref, id }: FrameName = {}): ErrorEvent {
  return {
    type: 'error',
    code: failure.code,
    message: failure.detail,
    ...(ref !== undefined && { ref }),
    ...(id !== undefined && { id }),
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
  };
}

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

function isTooLarge(data: string | ArrayBuffer): boolean {
  if (typeof data !== 'string') return data.byteLength > FRAME_BYTES;
  // A character is at most three bytes of UTF-8: only what lies between needs counting.
  if (data.length > FRAME_BYTES) return true;
  return data.length * 3 > FRAME_BYTES && new TextEncoder().encode(data).length > FRAME_BYTES;
}

function readJson(data: string | ArrayBuffer): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

function invalid(error: z.core.$ZodError): Failure {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  const detail =
    field === ''
      ? 'A frame is one JSON object of a known type.'
      : `The field ${field} ${issue?.message ?? 'is not valid'}.`;
  return {
    code: 'invalid',
    detail,
    ...(field !== '' && { fields: { [field]: issue?.message ?? '' } }),
  };
}
