import { CLOSE, type Failure, fail, type Result } from '../../protocol/errors.ts';
import { FRAME_BYTES } from '../../protocol/limits.ts';
import type { Identity } from '../auth/identity.ts';
import type { Clock } from '../clock.ts';
import type { RevokedSessions } from '../revoked-sessions.ts';
import { waitInWords } from '../wait-in-words.ts';
import type { Connections } from './connections.ts';
import { errorEvent, isTooLarge } from './frame-text.ts';
import { isOpen } from './sockets.ts';

/** A client that sends this many invalid frames in a row is not one of ours, or too old: it is disconnected. */
const INVALID_FRAMES = 10;
/**
 * A client is disconnected once this many more frames were refused than accepted. Refusals in a row would not do: in a busy
 * object the next token comes before they do, and a client that floods it would never be stopped.
 */
const REFUSED_FRAMES = 60;

/** What the guard needs from the object around it. */
export interface FrameGuardEffects {
  clock: Clock;
  connections: Connections;
  leaseMs: number;
  /** Verifies a session token. */
  authenticate: (token: string) => Promise<Result<Identity>>;
}

/** Disconnects clients that break the rules of every socket: lease, size of a frame, and how many may be wrong. */
export class FrameGuard {
  readonly #effects: FrameGuardEffects;
  /** Invalid frames in a row, by socket. In memory: an eviction resets it. */
  readonly #invalid = new WeakMap<WebSocket, number>();
  /** How many more frames were refused than accepted, by socket. */
  readonly #refused = new WeakMap<WebSocket, number>();

  constructor(effects: FrameGuardEffects) {
    this.#effects = effects;
  }

  /** Whether a frame of this socket may be handled. If not, its client was disconnected. */
  admits(socket: WebSocket, data: string | ArrayBuffer): boolean {
    const { connections, clock } = this.#effects;
    if (connections.attachment(socket).leaseUntil <= clock()) {
      connections.close(socket, CLOSE.unauthenticated, 'lease ended');
      return false;
    }
    if (!isTooLarge(data)) return true;
    const detail = `A frame holds at most ${FRAME_BYTES} bytes. Send less at once.`;
    connections.send(socket, [errorEvent(fail('too_large', detail).failure)]);
    connections.close(socket, CLOSE.tooLarge, 'frame too large');
    return false;
  }

  /** Notes what happened to a frame. Disconnects a client with too many invalid or refused ones. */
  count(socket: WebSocket, state: 'limited' | 'invalid' | 'handled'): void {
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

  /** Renews the lease of a socket with a new token of its user, or disconnects it. */
  async renew(socket: WebSocket, token: string, revoked: RevokedSessions): Promise<void> {
    const { connections, clock, leaseMs, authenticate } = this.#effects;
    const { userId } = connections.attachment(socket);
    const identity = await authenticate(token);
    if (!isOpen(socket)) return;
    if (identity.ok && identity.value.userId === userId && !revoked.has(identity.value)) {
      connections.renew(socket, identity.value.sessionId, clock() + leaseMs);
    } else {
      connections.close(socket, CLOSE.unauthenticated, 'token refused');
    }
  }
}

/** The failure of a frame that exceeds a rate limit. */
export function tooMuch(retryAfterMs: number): Failure {
  return fail(
    'rate_limited',
    `You're sending too fast. Try again in ${waitInWords(retryAfterMs)}.`,
    {
      retryAfterMs,
    },
  ).failure;
}

function oneMore(counts: WeakMap<WebSocket, number>, socket: WebSocket): number {
  const count = (counts.get(socket) ?? 0) + 1;
  counts.set(socket, count);
  return count;
}
