import type { Clock } from '../clock.ts';
import { Agenda } from './agenda.ts';
import { Archive } from './archive.ts';
import type { Connections } from './connections.ts';
import { Conversation } from './conversation.ts';
import type { RoomSql } from './room-sql.ts';
import { RoomStore } from './room-store.ts';

/** What a Room works with once its storage has tables. */
export interface OpenGroup {
  store: RoomStore;
  conversation: Conversation;
  archive: Archive;
  agenda: Agenda;
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

/** Puts the parts of a group together: every change goes to the sockets, and onto the agenda of the archive. */
export function openGroup(groupId: string, platform: GroupPlatform): OpenGroup {
  const { sql, database, connections, clock, newId, setAlarm } = platform;
  const store = new RoomStore(sql, groupId);
  const agenda = new Agenda(sql, setAlarm);
  const archive = new Archive(store, database, agenda, clock);
  const conversation = new Conversation(store, {
    clock,
    newId,
    publish: (event) => {
      connections.publish(event);
      archive.changed();
    },
  });
  return { store, conversation, archive, agenda };
}
