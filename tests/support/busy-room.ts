import { vi } from 'vitest';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import { fail } from '../../protocol/errors.ts';
import type { Clock } from '../../worker/clock.ts';
import { FrameReceiver } from '../../worker/room/frames/frame-receiver.ts';
import { Overload } from '../../worker/room/frames/overload.ts';
import { Backlog } from '../../worker/sockets/backlog.ts';
import { Broadcast } from '../../worker/sockets/broadcast.ts';
import { Busyness } from '../../worker/sockets/busyness.ts';
import { Connections } from '../../worker/sockets/connections.ts';
import { RateLimit } from '../../worker/sockets/rate-limit.ts';
import type { ObjectSql } from '../../worker/sql.ts';
import { asPlatform, type FakeSocket, fakeSockets } from './fake-sockets.ts';
import { type NodeRoom, nodeRoom, nodeRoomSql, person } from './node-room.ts';

const LEASE_MS = 10 * 60_000;
const UNLIMITED = 1_000_000;

/** A Room that receives frames of sockets, with the real rules, queue and broadcast. Needs fake timers. */
export interface BusyRoom {
  room: NodeRoom;
  receiver: FrameReceiver;
  /** Opens a socket of a member. */
  connect(name: string): FakeSocket;
  /** A frame arrives on a socket. */
  say(socket: FakeSocket, frame: ClientFrame): void;
  /** The statements and transactions since the last call. */
  ran(): { statements: string[]; transactions: number };
}

/** The busyness of a Room that could not send each change in a frame of its own. */
export function tooBusyForEach(clock: Clock): Busyness {
  return Object.assign(new Busyness(clock), { shareAlone: () => 1 });
}

/** A group of Ada and these members. A statement that binds the value `poison` throws, as one that the disk refuses. */
export function busyRoom(others: string[], { poison }: { poison?: string } = {}): BusyRoom {
  const sql = nodeRoomSql();
  let statements: string[] = [];
  let transactions = 0;
  const counting: ObjectSql = {
    exec(query, ...bindings) {
      statements.push(query);
      if (poison !== undefined && bindings.includes(poison)) throw new Error('disk I/O error');
      return sql.exec(query, ...bindings);
    },
    transaction(work) {
      transactions++;
      return sql.transaction(work);
    },
  };
  const clock = () => Date.now();
  const sockets = fakeSockets();
  const connections = new Connections({
    clock,
    hibernating: sockets,
    held: fakeSockets(),
    backlog: new Backlog(clock, () => LEASE_MS),
    isHot: () => false,
    ended: () => undefined,
  });
  const busyness = tooBusyForEach(clock);
  const broadcast = new Broadcast(connections, clock, busyness);
  const room = nodeRoom(others, 'public', {
    sql: counting,
    published: (event) => broadcast.publish(event),
  });
  const receiver = new FrameReceiver({
    clock,
    connections,
    broadcast,
    busyness,
    rate: new RateLimit({ burst: UNLIMITED, perSecond: UNLIMITED }, clock),
    overload: new Overload(
      { most: UNLIMITED, hot: UNLIMITED },
      {
        clock,
        random: Math.random,
        after: (ms, run) => void setTimeout(run, ms),
        late: (ms) => busyness.late(ms),
      },
    ),
    leaseMs: LEASE_MS,
    authenticate: async () => fail('unauthenticated', 'Nobody signs in here.'),
  });
  broadcast.flush();
  vi.advanceTimersByTime(1_000);
  return {
    room,
    receiver,
    connect: (name) =>
      sockets.add({
        userId: person(name).id,
        sessionId: `session of ${name}`,
        connectedAt: clock(),
        leaseUntil: clock() + LEASE_MS,
        activity: 'online',
        sent: 0,
      }),
    say: (socket, frame) => void receiver.receive(room, asPlatform(socket), JSON.stringify(frame)),
    ran() {
      const counted = { statements, transactions };
      statements = [];
      transactions = 0;
      return counted;
    },
  };
}
