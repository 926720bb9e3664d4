import { DatabaseSync } from 'node:sqlite';
import { v7 as uuidv7 } from 'uuid';
import type { User } from '../../protocol/models.ts';
import type { DurableEvent } from '../../protocol/server-events.ts';
import { Conversation } from '../../worker/room/conversation.ts';
import { migrate } from '../../worker/room/room-schema.ts';
import type { RoomSql, SqlRow } from '../../worker/room/room-sql.ts';
import { RoomStore } from '../../worker/room/room-store.ts';

/** The Room's SQLite statements on Node's SQLite, in memory. */
export function nodeRoomSql(): RoomSql {
  const database = new DatabaseSync(':memory:');
  return {
    exec<Row extends SqlRow>(query: string, ...bindings: (string | number | null | ArrayBuffer)[]) {
      // Only the platform runs several statements at once; here they are those of a migration, which have no bindings.
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

/** A person for tests. The id is made of the name. */
export function person(name: string): User {
  const id = `user_${name.toLowerCase()}`;
  return { id, name, handle: name.toLowerCase(), imageUrl: '', role: 'member' };
}

/** The real rules over the real store, without the platform: a Room whose clock and ids the test decides. */
export interface NodeRoom {
  groupId: string;
  store: RoomStore;
  conversation: Conversation;
  /** All events so far, in order. */
  events: DurableEvent[];
  /** Moves the clock, ms. */
  pass(ms: number): void;
}

/** A public group of Ada, with these others in it. */
export function nodeRoom(
  others: string[] = [],
  visibility: 'public' | 'private' = 'public',
): NodeRoom {
  const sql = nodeRoomSql();
  migrate(sql);
  const groupId = uuidv7();
  const store = new RoomStore(sql, groupId);
  const events: DurableEvent[] = [];
  let now = Date.UTC(2026, 0, 1);
  const conversation = new Conversation(store, {
    clock: () => now,
    newId: () => uuidv7(),
    publish: (event) => events.push(event),
  });
  conversation.create(
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
  return {
    groupId,
    store,
    conversation,
    events,
    pass: (ms) => {
      now += ms;
    },
  };
}
