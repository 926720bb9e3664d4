import type { Message } from '../../protocol/models.ts';
import type {
  DurableEvent,
  EphemeralEvent,
  ReceiptUpdateEvent,
} from '../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import { Pollers } from './ephemeral/pollers.ts';
import { Presence } from './ephemeral/presence.ts';
import { Throttle } from './ephemeral/throttle.ts';
import { Typing } from './ephemeral/typing.ts';
import { Agenda } from './followers/agenda.ts';
import { Mirror } from './followers/mirror.ts';
import { DepartureStore } from './rows/departure-store.ts';
import { RoomStore } from './rows/room-store.ts';
import type { RoomSql } from './rows/sql.ts';
import { Conversation } from './rules/conversation.ts';
import { Membership } from './rules/membership.ts';
import { asItIsNow, Receipts } from './rules/receipts.ts';
import type { Moment } from './rules/thread-state.ts';
import { Threads } from './rules/threads.ts';
import { Writer } from './rules/writer.ts';
import type { Connections } from './sockets/connections.ts';

/** What a Room works with once its storage has tables. */
export interface OpenGroup {
  store: RoomStore;
  membership: Membership;
  conversation: Conversation;
  threads: Threads;
  receipts: Receipts;
  presence: Presence;
  typing: Typing;
  pollers: Pollers;
  mirror: Mirror;
  agenda: Agenda;
  /** What only the moment knows. */
  moment(): Moment;
  /** Sends what is kept nowhere: to everyone, or to one person's clients. */
  tell(event: EphemeralEvent, onlyTo?: string): void;
  /** Runs `work`, and gives the changes that it made: what settles the frames of a client without a socket. */
  changesOf(work: () => void): DurableEvent[];
}

/** What comes from the platform. */
export interface GroupPlatform {
  sql: RoomSql;
  database: D1Database;
  connections: Connections;
  clock: Clock;
  newId: () => string;
  setAlarm: (at: number) => void;
}

/** Puts the parts of a group together: every change goes to the sockets, to pollers, and onto the agenda of the mirror. */
export function openGroup(groupId: string, platform: GroupPlatform): OpenGroup {
  const { sql, database, connections, clock, newId, setAlarm } = platform;
  const store = new RoomStore(sql, groupId);
  const agenda = new Agenda(sql, clock, setAlarm);
  const mirror = new Mirror(store, database, agenda, clock);
  const pollers = new Pollers(clock);
  const typing = new Typing(clock);
  let recorded: DurableEvent[] | undefined;

  const tell = (event: EphemeralEvent, onlyTo?: string) => {
    pollers.note(event, onlyTo);
    connections.publish(event, onlyTo);
  };
  const cursorMoves = new Throttle<{ event: ReceiptUpdateEvent; onlyTo?: string | undefined }>(
    clock,
    (earlier, later) => ({ ...later, event: { ...earlier.event, ...later.event } }),
    ({ event, onlyTo }) => tell(asItIsNow(event, store.cursors.cursor(event.userId)), onlyTo),
  );
  const presences = new Throttle<EphemeralEvent>(
    clock,
    (_, later) => later,
    (event) => tell(event),
  );
  const presence = new Presence({
    clock,
    departures: new DepartureStore(sql),
    clients: (userId) => [...connections.activities(userId), ...pollers.activities(userId)],
    tell: (userId, state) => presences.put(userId, { type: 'presence_update', userId, state }),
    wakeAt: (at) => agenda.schedule('departures', at),
  });
  const moveCursor = (event: ReceiptUpdateEvent, onlyTo?: string) => {
    mirror.moved();
    cursorMoves.put(`${event.userId} ${event.parentId ?? ''} ${onlyTo ?? ''}`, { event, onlyTo });
  };
  const writer = new Writer(store, {
    clock,
    newId,
    online: () => new Set(presence.list().map(({ userId }) => userId)),
    publish: (event) => {
      recorded?.push(event);
      if (event.type === 'message') hasStoppedTyping(typing, event.message);
      connections.publish(event);
      pollers.wake();
      mirror.changed();
    },
  });
  const threads = new Threads(store, (event) =>
    writer.afterwards(() => moveCursor(event, event.userId)),
  );
  return {
    store,
    membership: new Membership(writer),
    conversation: new Conversation(writer, threads),
    threads,
    receipts: new Receipts(store, threads, { clock, tell: moveCursor }),
    presence,
    typing,
    pollers,
    mirror,
    agenda,
    moment: () => ({ presence: presence.list(), typing: typing.list() }),
    tell,
    changesOf: (work) => {
      const changes: DurableEvent[] = [];
      recorded = changes;
      try {
        work();
      } finally {
        recorded = undefined;
      }
      return changes;
    },
  };
}

/** Whoever reads this message knows that its author has stopped typing: nothing else tells it. */
function hasStoppedTyping(typing: Typing, { userId, parentId }: Message): void {
  typing.set(userId, parentId ?? null, false);
}
