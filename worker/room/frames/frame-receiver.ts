import { ClientFrame } from '../../../protocol/client-frames.ts';
import { CLOSE, type Failure } from '../../../protocol/errors.ts';
import type { Broadcast } from '../../sockets/broadcast.ts';
import { FrameGuard, type FrameGuardEffects, tooMuch } from '../../sockets/frame-guard.ts';
import { errorEvent, nameOf, parseFrame, readJson } from '../../sockets/frame-text.ts';
import { RateLimit } from '../../sockets/rate-limit.ts';
import { isOpen } from '../../sockets/sockets.ts';
import type { OpenGroup } from '../open-group.ts';
import { type Caller, handleFrame } from './handle-frame.ts';
import type { Overload, Shed } from './overload.ts';

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
export interface FrameReceiverEffects extends FrameGuardEffects {
  broadcast: Broadcast;
  /** Limits the frames of each user over all their clients. */
  rate: RateLimit;
  /** Limits the frames of all sockets together. */
  overload: Overload<WebSocket>;
}

/** Receives the frames of clients: checks size, rate and schema, and passes them to the rules. */
export class FrameReceiver {
  readonly #effects: FrameReceiverEffects;
  readonly #guard: FrameGuard;
  readonly #moves: RateLimit;

  constructor(effects: FrameReceiverEffects) {
    this.#effects = effects;
    this.#guard = new FrameGuard(effects);
    this.#moves = new RateLimit(MOVES, effects.clock);
  }

  /** Handles one frame of a socket. Only `auth` awaits anything, so that frames keep their order. */
  async receive(group: OpenGroup, socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const { connections, overload } = this.#effects;
    connections.closeExpiredSometimes();
    // A disconnected client sends on until it notices, and repeats those frames when it is back.
    if (!isOpen(socket)) return;
    this.#disconnect(overload.note(socket));
    if (!isOpen(socket)) return;
    if (!this.#guard.admits(socket, data)) return;
    const renew = (token: string) => this.#guard.renew(socket, token, group.revoked);
    const outcome = this.handle(group, this.callerOf(socket), readJson(data), {
      room: overload,
      renew,
    });
    this.#guard.count(socket, outcome.state === 'renewing' ? 'handled' : outcome.state);
    if (outcome.state === 'handled' && MOVING.has(outcome.type)) this.#move(socket);
    if (outcome.state === 'renewing') await outcome.renewal;
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
    const frame = parseFrame(ClientFrame, raw);
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
    const { connections, broadcast } = this.#effects;
    return {
      userId: connections.attachment(socket).userId,
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
}

/** Renews the lease of a socket with a new token of its user. */
type Renew = (token: string) => Promise<void>;

/** What happened to a frame. */
export type Outcome =
  | { state: 'limited' }
  | { state: 'invalid' }
  | { state: 'handled'; type: ClientFrame['type'] }
  | { state: 'renewing'; renewal: Promise<void> };
