import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import * as z from 'zod/mini';
import { OutboxRow } from './outbox-row.ts';

interface Schema extends DBSchema {
  outbox: {
    key: number;
    value: OutboxRow & { position?: number };
    indexes: { id: string; group: [string, string] };
  };
}
type Database = IDBPDatabase<Schema>;

const DATABASE = 'edgewise';
const CHANNEL = 'edgewise-outbox';
const Touched = z.object({ userId: z.string(), groupId: z.string() });

/** Where unsent messages are kept, in the order they were written. Nothing here rejects. */
export interface OutboxStore {
  /** Adds the row at the end, or replaces the one of the same id where it stands. */
  put(row: OutboxRow): Promise<void>;
  remove(row: OutboxRow): Promise<void>;
  rowsOf(userId: string, groupId: string): Promise<OutboxRow[]>;
  /** How many messages of all groups this user has not sent. */
  count(userId: string): Promise<number>;
  /** Drops what the user has not sent: in one group, or in all of them. */
  forget(userId: string, groupId?: string): Promise<void>;
  /** Calls back when another tab has changed the rows of a group; the answer ends it. */
  watch(userId: string, groupId: string, changed: () => void): () => void;
}

/**
 * The outbox in IndexedDB. Where that is refused (private windows, a full disk) the rows live in memory and everything
 * else goes on: a message that cannot be kept is still worth sending.
 */
export function openOutboxStore(): OutboxStore {
  const inMemory = new Map<string, OutboxRow>();
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  let opening: Promise<Database | undefined> | undefined;

  function database(): Promise<Database | undefined> {
    opening ??= openDatabase(() => {
      opening = undefined;
    }).catch((error: unknown) => {
      console.warn('Unsent messages are kept in memory only:', error);
      return undefined;
    });
    return opening;
  }

  /** Undefined when there is no database, or when it refused. */
  async function attempt<T>(work: (db: Database) => Promise<T>): Promise<T | undefined> {
    const db = await database();
    if (!db) return undefined;
    try {
      return await work(db);
    } catch (error) {
      console.warn('The outbox could not be reached:', error);
      return undefined;
    }
  }

  function tellOtherTabs({ userId, groupId }: { userId: string; groupId: string }): void {
    channel?.postMessage({ userId, groupId });
  }

  return {
    async put(row) {
      const stored = await attempt((db) => write(db, row));
      if (stored) inMemory.delete(row.id);
      else inMemory.set(row.id, row);
      tellOtherTabs(row);
    },
    async remove(row) {
      inMemory.delete(row.id);
      await attempt((db) => erase(db, row.id));
      tellOtherTabs(row);
    },
    async rowsOf(userId, groupId) {
      const stored = await attempt((db) =>
        db.getAllFromIndex('outbox', 'group', [userId, groupId]),
      );
      const rows = (stored ?? []).flatMap((row) => {
        const parsed = OutboxRow.safeParse(row);
        return parsed.success && !inMemory.has(parsed.data.id) ? [parsed.data] : [];
      });
      const kept = [...inMemory.values()];
      return [...rows, ...kept.filter((row) => row.userId === userId && row.groupId === groupId)];
    },
    async count(userId) {
      const stored = await attempt((db) => db.countFromIndex('outbox', 'group', allOf(userId)));
      return (stored ?? 0) + [...inMemory.values()].filter((row) => row.userId === userId).length;
    },
    async forget(userId, groupId) {
      for (const row of inMemory.values()) {
        if (row.userId === userId && (groupId ?? row.groupId) === row.groupId) {
          inMemory.delete(row.id);
        }
      }
      await attempt((db) => eraseAll(db, userId, groupId));
    },
    watch(userId, groupId, changed) {
      const listener = ({ data }: MessageEvent<unknown>): void => {
        const touched = Touched.safeParse(data);
        if (!touched.success) return;
        if (touched.data.userId === userId && touched.data.groupId === groupId) changed();
      };
      channel?.addEventListener('message', listener);
      return () => channel?.removeEventListener('message', listener);
    },
  };
}

async function openDatabase(lost: () => void): Promise<Database> {
  return await openDB<Schema>(DATABASE, 1, {
    upgrade(db) {
      // The position is the database's own count, because ids made after the clock was set back would sort first.
      const outbox = db.createObjectStore('outbox', { keyPath: 'position', autoIncrement: true });
      outbox.createIndex('id', 'id', { unique: true });
      outbox.createIndex('group', ['userId', 'groupId']);
    },
    blocking(_current, _blocked, event) {
      // A newer version in another tab waits for us; the next use opens the database anew.
      if (event.target instanceof IDBDatabase) event.target.close();
      lost();
    },
    terminated: lost,
  });
}

async function write(db: Database, row: OutboxRow): Promise<true> {
  const transaction = db.transaction('outbox', 'readwrite');
  const position = await transaction.store.index('id').getKey(row.id);
  await transaction.store.put(position === undefined ? row : { ...row, position });
  await transaction.done;
  return true;
}

async function erase(db: Database, id: string): Promise<void> {
  const transaction = db.transaction('outbox', 'readwrite');
  const position = await transaction.store.index('id').getKey(id);
  if (position !== undefined) await transaction.store.delete(position);
  await transaction.done;
}

async function eraseAll(db: Database, userId: string, groupId: string | undefined): Promise<void> {
  const transaction = db.transaction('outbox', 'readwrite');
  const range = groupId === undefined ? allOf(userId) : IDBKeyRange.only([userId, groupId]);
  for (const position of await transaction.store.index('group').getAllKeys(range)) {
    await transaction.store.delete(position);
  }
  await transaction.done;
}

/** Every group of one user: an empty array sorts above every string. */
function allOf(userId: string): IDBKeyRange {
  return IDBKeyRange.bound([userId], [userId, []]);
}

/** The one outbox of this page. */
export const outboxStore: OutboxStore = openOutboxStore();
