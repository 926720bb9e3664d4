import { ClientFrame } from '../../../protocol/client-frames.ts';
import { CLOSE, type Failure, fail } from '../../../protocol/errors.ts';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import type { Broadcast } from '../../sockets/broadcast.ts';
import type { Busyness } from '../../sockets/busyness.ts';
import { FrameGuard, type FrameGuardEffects, tooMuch } from '../../sockets/frame-guard.ts';
import { errorEvent, nameOf, parseFrame, readJson } from '../../sockets/frame-text.ts';
import { RateLimit } from '../../sockets/rate-limit.ts';
import { isOpen } from '../../sockets/sockets.ts';
import type { OpenGroup } from '../open-group.ts';
import { FrameQueue, type QueuedFrame } from './frame-queue.ts';
import { type Caller, type FrameGroup, type GroupFrame, handleFrame } from './handle-frame.ts';
import type { Overload, Shed } from './overload.ts';

/** How many sockets of a hot Room are moved into memory, at once and each second. */
const MOVES = { burst: 30, perSecond: 100 };

/**
 * The frames that change a conversation. They only commit, so that many of them can share a transaction, and their senders are
 * moved. Other clients send few frames, and stay on a socket that hibernates.
 */
const CONVERSATION: ReadonlySet<ClientFrame['type']> = new Set([
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
  busyness: Busyness;
}

/** The parts of a group that its frames need. */
export type ReceivingGroup = FrameGroup & Pick<OpenGroup, 'batch' | 'revoked'>;

/** Receives the frames of clients: checks size, rate and schema, and passes them to the rules. */
export class FrameReceiver {
  readonly #effects: FrameReceiverEffects;
  readonly #guard: FrameGuard;
  readonly #moves: RateLimit;
  readonly #queue: FrameQueue;

  constructor(effects: FrameReceiverEffects) {
    const { clock, broadcast, busyness } = effects;
    this.#effects = effects;
    this.#guard = new FrameGuard(effects);
    this.#moves = new RateLimit(MOVES, clock);
    this.#queue = new FrameQueue({
      clock,
      dueInMs: () => broadcast.dueInMs(),
      after: (ms, run) => busyness.after(ms, run),
      late: (ms) => busyness.late(ms),
      flush: () => broadcast.flush(),
    });
  }

  /** Takes one frame of a socket. Only `auth` awaits anything, so that frames keep their order. */
  async receive(
    group: ReceivingGroup,
    socket: WebSocket,
    data: string | ArrayBuffer,
  ): Promise<void> {
    const { connections, overload, busyness } = this.#effects;
    connections.closeExpiredSometimes();
    // A disconnected client sends on until it notices, and repeats those frames when it is back.
    if (!isOpen(socket)) return;
    busyness.received();
    this.#disconnect(overload.note(socket));
    if (!isOpen(socket)) return;
    if (!this.#guard.admits(socket, data)) return;
    const caller = this.callerOf(socket);
    const raw = readJson(data);
    const admitted = this.#admit(caller, raw, overload);
    if (admitted.state !== 'admitted') return this.#guard.count(socket, admitted.state);
    this.#guard.count(socket, 'handled');
    const { frame } = admitted;
    if (frame.type === 'auth') {
      this.drain();
      return this.#guard.renew(socket, frame.token, group.revoked);
    }
    this.#queue.take(queued(group, caller, frame, raw), group.batch);
    if (CONVERSATION.has(frame.type)) this.#move(socket);
  }

  /** Handles one frame of a client that polls, already read from JSON. */
  handle(group: FrameGroup, caller: Caller, raw: unknown): void {
    const admitted = this.#admit(caller, raw);
    if (admitted.state !== 'admitted' || admitted.frame.type === 'auth') return;
    const handled = handleFrame(group, caller, admitted.frame);
    if (!handled.ok) refuse(caller, raw, handled.failure);
  }

  /** Decides the frames that wait for others. Call it before anything that reads the group. */
  drain(): void {
    this.#queue.drain();
  }

  /**
   * Applies the rate limits to a frame that was read from JSON, and parses it. Replies with an error if it is refused. For a
   * socket, `room` limits the whole Room's frames.
   */
  #admit(caller: Caller, raw: unknown, room?: Pick<Overload<WebSocket>, 'take'>): Admitted {
    // The user's own limit comes first: a frame that it refuses must not use up the Room's.
    const retryAfterMs = this.#effects.rate.take(caller.userId) || (room?.take() ?? 0);
    if (retryAfterMs > 0) {
      // An acknowledgement counts even when its frame is refused.
      if (nameOf(raw)?.type === 'thread_delivered') caller.acknowledge();
      refuse(caller, raw, tooMuch(retryAfterMs));
      return { state: 'limited' };
    }
    const frame = parseFrame(ClientFrame, raw);
    if (frame.ok) return { state: 'admitted', frame: frame.value };
    refuse(caller, raw, frame.failure);
    return { state: 'invalid' };
  }

  /** The caller behind a socket. Throws for a socket that was not accepted here. */
  callerOf(socket: WebSocket): Caller {
    const { connections, broadcast } = this.#effects;
    return {
      userId: connections.attachment(socket).userId,
      reply: (events) => connections.send(socket, events),
      setActivity: (activity) => {
        // It may have closed while its frame was queued.
        if (isOpen(socket)) connections.setActivity(socket, activity);
      },
      watch: (userIds) => {
        if (isOpen(socket)) connections.setWatching(socket, userIds);
      },
      watching: () => connections.watching(socket),
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
    this.drain();
    broadcast.flush();
    connections.close(socket, CLOSE.unavailable, 'moving');
  }
}

/** What became of a frame before it was decided. */
type Admitted =
  | { state: 'limited' }
  | { state: 'invalid' }
  | { state: 'admitted'; frame: ClientFrame };

/** A frame whose replies wait for its commit. */
function queued(group: FrameGroup, caller: Caller, frame: GroupFrame, raw: unknown): QueuedFrame {
  const isShared = CONVERSATION.has(frame.type);
  return {
    isShared,
    decide() {
      const replies: ServerEvent[] = [];
      const reply = (events: ServerEvent[]) => void replies.push(...events);
      const handled = handleFrame(group, isShared ? { ...caller, reply } : caller, frame);
      return () => {
        if (replies.length > 0) caller.reply(replies);
        if (!handled.ok) refuse(caller, raw, handled.failure);
      };
    },
    failed(error) {
      console.error(
        JSON.stringify({ event: 'frame_failed', type: frame.type, error: String(error) }),
      );
      const detail = 'This is our fault. Try again, or tell an admin.';
      refuse(caller, raw, fail('internal', detail).failure);
    },
  };
}

function refuse(caller: Caller, raw: unknown, failure: Failure): void {
  caller.reply([errorEvent(failure, nameOf(raw))]);
}
