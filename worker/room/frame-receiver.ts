import * as z from 'zod/mini';
import { assertNever } from '../../protocol/assert-never.ts';
import { ClientFrame } from '../../protocol/client-frames.ts';
import { CLOSE, type Failure, fail, type Result } from '../../protocol/errors.ts';
import { FRAME_BYTES } from '../../protocol/limits.ts';
import type { ErrorEvent } from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { Identity } from '../identity.ts';
import type { Attachment, Connections } from './connections.ts';
import type { OpenGroup } from './open-group.ts';
import type { RateLimit } from './rate-limit.ts';
import { threadState } from './timeline.ts';

/** A client that sends so many frames in a row that we cannot read is not one of ours, or too old. */
const INVALID_FRAMES = 10;
/**
 * A client that was told to wait so many times more than it was let through is disconnected. Not so many times in a row:
 * in a busy Room the next token comes before they do, and whoever floods it would never be stopped.
 */
const REFUSED_FRAMES = 60;

/** What the receiver needs from the Room around it. */
export interface FrameReceiverEffects {
  clock: Clock;
  connections: Connections;
  /** A user's frames, over all their sockets. */
  rate: RateLimit;
  leaseMs: number;
  /** Whom a token speaks for. */
  authenticate: (token: string) => Promise<Result<Identity>>;
}

/** Enough of a frame that we cannot read to say which one it was. */
const FrameName = z.object({ ref: z.optional(z.string()), id: z.optional(z.string()) });
type FrameName = z.infer<typeof FrameName>;

/** Takes frames from sockets: bounds, parses, and hands them to the rules. */
export class FrameReceiver {
  readonly #effects: FrameReceiverEffects;
  /** Frames in a row that could not be read, by socket. In memory: an eviction forgives. */
  readonly #invalid = new WeakMap<WebSocket, number>();
  /** How many more frames were refused than let through, by socket. */
  readonly #limited = new WeakMap<WebSocket, number>();

  constructor(effects: FrameReceiverEffects) {
    this.#effects = effects;
  }

  /** Handles one frame. Without an `await` unless it is `auth`, so that frames keep their order. */
  async receive(group: OpenGroup, socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { connections, clock, rate } = this.#effects;
    const who = connections.attachment(socket);
    if (who.leaseUntil <= clock()) {
      connections.close(socket, CLOSE.unauthenticated, 'lease ended');
      return;
    }
    if (isTooLarge(data)) {
      this.#refuse(
        socket,
        fail('too_large', `A frame holds at most ${FRAME_BYTES} bytes. Send less at once.`).failure,
        {},
      );
      connections.close(socket, CLOSE.tooLarge, 'frame too large');
      return;
    }
    const raw = readJson(data);
    const name = FrameName.safeParse(raw).data ?? {};
    const waitMs = rate.take(who.userId);
    if (waitMs > 0) {
      this.#refuse(
        socket,
        fail('rate_limited', 'Too many frames at once. Wait a moment.', { retryAfterMs: waitMs })
          .failure,
        name,
      );
      if (this.#oneMore(this.#limited, socket) >= REFUSED_FRAMES) {
        connections.close(socket, CLOSE.tooMany, 'too many frames');
      }
      return;
    }
    const limited = this.#limited.get(socket) ?? 0;
    if (limited > 0) this.#limited.set(socket, limited - 1);
    const frame = ClientFrame.safeParse(raw);
    if (!frame.success) {
      this.#refuse(socket, invalid(frame.error), name);
      if (this.#oneMore(this.#invalid, socket) >= INVALID_FRAMES) {
        connections.close(socket, CLOSE.protocol, 'invalid frames');
      }
      return;
    }
    this.#invalid.delete(socket);
    await this.#handle(group, socket, who, frame.data);
  }

  #handle(
    group: OpenGroup,
    socket: WebSocket,
    who: Attachment,
    frame: ClientFrame,
  ): Promise<void> | undefined {
    switch (frame.type) {
      case 'message':
        this.#message(group, socket, who, frame);
        return undefined;
      case 'thread_sync':
        this.sendState(group, socket, frame, frame);
        return undefined;
      case 'auth':
        return this.#renew(socket, who, frame.token);
      default:
        return assertNever(frame);
    }
  }

  /** Sends the group's state to a socket, once everything before it is out. */
  sendState(
    group: OpenGroup,
    socket: WebSocket,
    position: { since?: number | undefined; epoch?: string | undefined },
    name: FrameName,
  ): void {
    const { connections } = this.#effects;
    const me = group.conversation.member(connections.attachment(socket).userId, 'read');
    if (!me.ok) {
      this.#refuse(socket, me.failure, name);
      return;
    }
    connections.flush();
    connections.send(socket, [threadState(group.store, me.value, position, connections.online())]);
  }

  #message(
    group: OpenGroup,
    socket: WebSocket,
    who: Attachment,
    frame: Extract<ClientFrame, { type: 'message' }>,
  ): void {
    const sent = group.conversation.send(who.userId, frame);
    if (!sent.ok) {
      this.#refuse(socket, sent.failure, frame);
    } else if (!sent.value.created) {
      const { message } = sent.value;
      this.#effects.connections.send(socket, [
        { type: 'message', rev: message.rev, message, repeat: true },
      ]);
    }
  }

  async #renew(socket: WebSocket, who: Attachment, token: string): Promise<void> {
    const { connections, clock, leaseMs } = this.#effects;
    const identity = await this.#effects.authenticate(token);
    if (identity.ok && identity.value.userId === who.userId) {
      connections.renew(socket, clock() + leaseMs);
    } else {
      connections.close(socket, CLOSE.unauthenticated, 'token refused');
    }
  }

  #refuse(socket: WebSocket, failure: Failure, name: FrameName): void {
    this.#effects.connections.send(socket, [errorEvent(failure, name)]);
  }

  #oneMore(counts: WeakMap<WebSocket, number>, socket: WebSocket): number {
    const count = (counts.get(socket) ?? 0) + 1;
    counts.set(socket, count);
    return count;
  }
}

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
