import {
  deliveredEveryMs,
  FRAMES_BURST,
  FRAMES_PER_SECOND,
  LEASE_MS,
  ROOM_FRAMES_PER_SECOND,
  ROOM_HOT_FRAMES_PER_SECOND,
} from '../../protocol/limits.ts';
import { systemClock as clock } from '../clock.ts';
import type { Env } from '../env.ts';
import { Backlog } from '../sockets/backlog.ts';
import { Broadcast } from '../sockets/broadcast.ts';
import { Busyness } from '../sockets/busyness.ts';
import { Connections } from '../sockets/connections.ts';
import { type HeldSocketEffects, HeldSockets } from '../sockets/held-sockets.ts';
import { HibernatingSockets } from '../sockets/hibernating-sockets.ts';
import { RateLimit } from '../sockets/rate-limit.ts';
import { FrameReceiver, type FrameReceiverEffects } from './frames/frame-receiver.ts';
import { Overload } from './frames/overload.ts';

/** The parts of a Room that exist before it holds a group. */
export interface RoomParts {
  connections: Connections;
  broadcast: Broadcast;
  receiver: FrameReceiver;
  /** How long a socket lives without a new token. */
  leaseMs: number;
}

/** What the parts call of the Room. */
export interface RoomHooks extends Omit<HeldSocketEffects, 'clock'> {
  authenticate: FrameReceiverEffects['authenticate'];
  /** The number of current members; 0 without a group. */
  memberCount: () => number;
  /** The Room has closed a socket of this user. */
  ended: (userId: string) => void;
}

/** Connects the parts of a Room, with the limits that `env` sets. Called again each time that the Room wakes. */
export function roomParts(state: DurableObjectState, env: Env, hooks: RoomHooks): RoomParts {
  const busyness = new Busyness(clock);
  const overload = new Overload<WebSocket>(
    {
      most: Number(env.LIMIT_ROOM_FRAMES_PER_SECOND ?? ROOM_FRAMES_PER_SECOND),
      hot: Number(env.ROOM_HOT_FRAMES_PER_SECOND ?? ROOM_HOT_FRAMES_PER_SECOND),
    },
    {
      clock,
      random: Math.random,
      after: (ms, callback) => void busyness.after(ms, callback),
      late: (ms) => busyness.late(ms),
    },
  );
  const connections = new Connections({
    clock,
    hibernating: new HibernatingSockets(state),
    held: new HeldSockets({ clock, received: hooks.received, left: hooks.left }),
    backlog: new Backlog(clock, () => deliveredEveryMs(hooks.memberCount())),
    isHot: () => overload.isHot(),
    ended: hooks.ended,
  });
  const broadcast = new Broadcast(connections, clock, busyness);
  const leaseMs = Number(env.SOCKET_LEASE_MS ?? LEASE_MS);
  const rate = new RateLimit(
    {
      burst: Number(env.LIMIT_FRAMES_BURST ?? FRAMES_BURST),
      perSecond: Number(env.LIMIT_FRAMES_PER_SECOND ?? FRAMES_PER_SECOND),
    },
    clock,
  );
  const { authenticate } = hooks;
  const receiver = new FrameReceiver({
    clock,
    connections,
    broadcast,
    rate,
    overload,
    busyness,
    leaseMs,
    authenticate,
  });
  return { connections, broadcast, receiver, leaseMs };
}
