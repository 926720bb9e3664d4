import { DatabaseSync } from 'node:sqlite';
import { v7 as uuidv7 } from 'uuid';
import { JOINS_PER_HOUR } from '../../protocol/limits.ts';
import type { User } from '../../protocol/models.ts';
import type { DurableEvent, EphemeralEvent } from '../../protocol/server-events.ts';
import { RevokedSessions } from '../../worker/revoked-sessions.ts';
import { Presence } from '../../worker/room/ephemeral/presence.ts';
import { Typing } from '../../worker/room/ephemeral/typing.ts';
import type { ReceivingGroup } from '../../worker/room/frames/frame-receiver.ts';
import { DepartureStore } from '../../worker/room/rows/departure-store.ts';
import { RoomStore } from '../../worker/room/rows/room-store.ts';
import { migrate } from '../../worker/room/rows/schema.ts';
import { Conversation } from '../../worker/room/rules/conversation.ts';
import { Files } from '../../worker/room/rules/files.ts';
import { GroupSettings } from '../../worker/room/rules/group-settings.ts';
import { MarkRead } from '../../worker/room/rules/mark-read.ts';
import { Membership } from '../../worker/room/rules/membership.ts';
import { Receipts } from '../../worker/room/rules/receipts.ts';
import { Threads } from '../../worker/room/rules/threads.ts';
import { Writer } from '../../worker/room/rules/writer.ts';
import type { ObjectSql, SqlRow } from '../../worker/sql.ts';

/** The Room's SQLite statements on Node's SQLite, in memory. */
export function nodeRoomSql(): ObjectSql {
  const database = new DatabaseSync(':memory:');
  return {
    exec<Row extends SqlRow>(query: string, ...bindings: (string | number | null | ArrayBuffer)[]) {
      // Only the platform runs several statements at once. Migrations need that, and have no bindings.
      if (bindings.length === 0 && query.includes(';')) {
        database.exec(query);
        return { toArray: (): Row[] => [] };
      }
      const values = bindings.map((value) =>
        value instanceof ArrayBuffer ? new Uint8Array(value) : value,
      );
      const rows = database.prepare(query).all(...values) as Row[];
      return { toArray: () => rows };
    },
    transaction(work) {
      database.exec('BEGIN');
      try {
        const value = work();
        database.exec('COMMIT');
        return value;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

/** A user for tests, with an id derived from the name. */
export function person(name: string): User {
  const id = `user_${name.toLowerCase()}`;
  return { id, name, handle: name.toLowerCase(), imageUrl: '', role: 'member' };
}

/** A Room with the real rules and store, without the platform; the test moves its clock. */
export interface NodeRoom extends ReceivingGroup {
  groupId: string;
  sql: ObjectSql;
  settings: GroupSettings;
  membership: Membership;
  files: Files;
  markRead: MarkRead;
  /** All durable events so far, in order. */
  events: DurableEvent[];
  /** All ephemeral events so far, with the recipient if not everyone. */
  ephemeralEvents: { event: EphemeralEvent; onlyTo?: string | undefined }[];
  /** The users who are online, for `@here`. */
  online: Set<string>;
  /** Moves the clock, ms. */
  pass(ms: number): void;
}

/** A group of Ada, with these other members; public unless said otherwise. `published` is called with each durable event. */
export function nodeRoom(
  others: string[] = [],
  visibility: 'public' | 'private' = 'public',
  {
    sql = nodeRoomSql(),
    published = () => undefined,
  }: { sql?: ObjectSql; published?: (event: DurableEvent) => void } = {},
): NodeRoom {
  migrate(sql);
  const groupId = uuidv7();
  const store = new RoomStore(sql, groupId);
  const events: DurableEvent[] = [];
  const ephemeralEvents: NodeRoom['ephemeralEvents'] = [];
  const publishEphemeral = (event: EphemeralEvent, onlyTo?: string) =>
    void ephemeralEvents.push({ event, onlyTo });
  const online = new Set<string>();
  let now = Date.UTC(2026, 0, 1);
  const clock = () => now;
  const writer = new Writer(store, {
    clock,
    newId: () => uuidv7(),
    publish: (event) => {
      events.push(event);
      published(event);
    },
    mentioned: () => undefined,
    online: () => online,
  });
  const threads = new Threads(store, (event) => publishEphemeral(event, event.userId));
  const typing = new Typing(clock);
  const presence = new Presence({
    clock,
    departures: new DepartureStore(sql),
    clients: () => [...online].map((userId) => ({ userId, activity: 'online' })),
    publish: (userId, state) => publishEphemeral({ type: 'presence_update', userId, state }),
    wakeAt: () => undefined,
  });
  const membership = new Membership(writer, JOINS_PER_HOUR);
  const files = new Files(writer, {
    moved: () => undefined,
    waiting: () => undefined,
    gone: () => undefined,
  });
  const settings = new GroupSettings(writer, files);
  settings.create(
    {
      id: groupId,
      name: 'Engines',
      topic: '',
      visibility,
      createdBy: person('Ada'),
      members: others.map(person),
    },
    'epoch-1',
  );
  const receipts = new Receipts(store, threads, {
    clock,
    moved: () => undefined,
    publish: publishEphemeral,
  });
  return {
    groupId,
    sql,
    store,
    settings,
    membership,
    conversation: new Conversation(writer, threads, files),
    files,
    threads,
    receipts,
    markRead: new MarkRead(store, receipts, threads),
    typing,
    presence,
    revoked: new RevokedSessions(sql, clock),
    batch: (work) => writer.batch(work),
    publishEphemeral: (event, to) => publishEphemeral(event, to?.onlyTo),
    ephemeral: () => ({ presence: presence.list(), typing: typing.list() }),
    events,
    ephemeralEvents,
    online,
    pass: (ms) => {
      now += ms;
    },
  };
}
