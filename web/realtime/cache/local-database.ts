import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Member, Message } from '../../../protocol/models.ts';
import type { CachedGroup } from '../replica/cached-group.ts';
import type { DraftRow } from './draft-row.ts';
import { MessageRow, type OutboxRow } from './outbox-row.ts';
import type { StoredFile } from './stored-file.ts';

/** What this machine stores of a user. Every key begins with their user id. */
interface Schema extends DBSchema {
  outbox: {
    key: number;
    value: OutboxRow & { position?: number };
    indexes: { id: string; group: [string, string] };
  };
  /** By user, group and thread ("" for the timeline). */
  drafts: { key: [string, string, string]; value: DraftRow };
  /** What is cached of each group beside its messages and members. By user and group. */
  groups: { key: [string, string]; value: Omit<CachedGroup, 'messages' | 'members'> };
  /** The cached messages. By user, group and seq. */
  messages: { key: [string, string, number]; value: Message };
  /** The cached members. By user, group and user id of the member. */
  members: { key: [string, string, string]; value: Member };
  /** By user, group and id. */
  files: { key: [string, string, string]; value: StoredFile };
}
export type LocalDatabase = IDBPDatabase<Schema>;

const DATABASE = 'edgewise';
const VERSION = 4;

let opening: Promise<LocalDatabase | undefined> | undefined;

/**
 * Runs `work` on the database. Returns undefined, and warns in the console, where IndexedDB is refused or fails
 * (private windows, a full disk): the page works without it.
 */
export async function withLocalDatabase<T>(
  work: (db: LocalDatabase) => Promise<T>,
): Promise<T | undefined> {
  opening ??= open().catch((error: unknown) => {
    console.warn('Unsent messages are kept in memory only:', error);
    return undefined;
  });
  const db = await opening;
  if (!db) return undefined;
  try {
    return await work(db);
  } catch (error) {
    console.warn('The local database failed:', error);
    return undefined;
  }
}

/** What is deleted: everything of a user, or of one of their groups. */
export interface Erased {
  userId: string;
  groupId?: string | undefined;
}

const erasing = new Set<(erased: Erased) => void>();

/**
 * Calls back before something is deleted, so that copies in memory are not stored again, until the returned function is
 * called.
 */
export function watchErasing(listener: (erased: Erased) => void): () => void {
  erasing.add(listener);
  return () => erasing.delete(listener);
}

/** Deletes what this machine stores of a user: of one group, or all of it. */
export async function eraseLocally(userId: string, groupId?: string): Promise<void> {
  for (const listener of erasing) listener({ userId, groupId });
  await withLocalDatabase(async (db) => {
    const transaction = db.transaction(
      ['outbox', 'drafts', 'groups', 'messages', 'members', 'files'],
      'readwrite',
    );
    const range = groupId === undefined ? allOf(userId) : allOf(userId, groupId);
    const one = groupId === undefined ? allOf(userId) : IDBKeyRange.only([userId, groupId]);
    const outbox = transaction.objectStore('outbox');
    for (const position of await outbox.index('group').getAllKeys(one)) {
      await outbox.delete(position);
    }
    for (const store of ['drafts', 'files', 'messages', 'members'] as const) {
      await transaction.objectStore(store).delete(range);
    }
    await transaction.objectStore('groups').delete(one);
    await transaction.done;
  });
}

/** Every key with this prefix: an empty array sorts above every string. */
export function allOf(...beginning: string[]): IDBKeyRange {
  return IDBKeyRange.bound(beginning, [...beginning, []]);
}

async function open(): Promise<LocalDatabase> {
  const lost = (): void => {
    opening = undefined;
  };
  return await openDB<Schema>(DATABASE, VERSION, {
    async upgrade(db, from, _to, transaction) {
      if (from < 1) {
        // The key is the database's own counter, because ids that are made after the clock was set back would sort
        // first.
        const outbox = db.createObjectStore('outbox', { keyPath: 'position', autoIncrement: true });
        outbox.createIndex('id', 'id', { unique: true });
        outbox.createIndex('group', ['userId', 'groupId']);
      }
      if (from === 1) {
        // In version 1 every row was a message.
        const outbox = transaction.objectStore('outbox');
        for (const position of await outbox.getAllKeys()) {
          const row = MessageRow.safeParse({ ...(await outbox.get(position)), type: 'message' });
          if (row.success) await outbox.put({ ...row.data, position });
        }
      }
      if (from < 2) {
        db.createObjectStore('drafts', { keyPath: ['userId', 'groupId', 'parentId'] });
        db.createObjectStore('groups', { keyPath: ['userId', 'group.id'] });
      }
      if (from < 3) db.createObjectStore('files', { keyPath: ['userId', 'groupId', 'id'] });
      if (from < 4) {
        // Before, a cached group was one row. It comes from the server again.
        await transaction.objectStore('groups').clear();
        db.createObjectStore('messages');
        db.createObjectStore('members');
      }
    },
    blocking(_current, _blocked, event) {
      // A newer version in another tab waits for us; the next use opens the database again.
      if (event.target instanceof IDBDatabase) event.target.close();
      lost();
    },
    terminated: lost,
  });
}
