import * as z from 'zod/mini';
import { draftKey } from '../cache/draft-row.ts';
import {
  allOf,
  eraseLocally,
  type LocalDatabase,
  withLocalDatabase,
} from '../cache/local-database.ts';
import { OutboxRow } from '../cache/outbox-row.ts';

const CHANNEL = 'edgewise-outbox';
const Touched = z.object({ userId: z.string(), groupId: z.string() });

/** Stores the rows of the outbox in the order they were written. Its methods never reject. */
export interface OutboxStore {
  /**
   * Adds a new row at the end. With `wasDraft` the same transaction deletes its draft, so that a crash neither loses
   * nor doubles it.
   */
  add(row: OutboxRow, options?: { wasDraft?: boolean }): Promise<void>;
  /** Replaces the row of the same id in place; adds it at the end if there is none. */
  put(row: OutboxRow): Promise<void>;
  remove(row: OutboxRow): Promise<void>;
  rowsOf(userId: string, groupId: string): Promise<OutboxRow[]>;
  /** How many rows of this user are stored, in all groups. */
  count(userId: string): Promise<number>;
  /** Deletes everything stored of the user, including drafts and cached groups: of one group, or of all of them. */
  forget(userId: string, groupId?: string): Promise<void>;
  /** Calls back when another tab has changed the rows of a group, until the returned function is called. */
  watch(userId: string, groupId: string, changed: () => void): () => void;
}

/** Opens the outbox in IndexedDB. Where IndexedDB is refused, rows live in memory: they can still be sent. */
export function openOutboxStore(): OutboxStore {
  const inMemory = new Map<string, OutboxRow>();
  /**
   * The keys of the rows that this tab stored, by row id. With its key a row is deleted in one turn; a closing page has
   * no second one.
   */
  const positions = new Map<string, number>();
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

  function notifyOtherTabs({ userId, groupId }: { userId: string; groupId: string }): void {
    channel?.postMessage({ userId, groupId });
  }

  return {
    async add(row, { wasDraft = false } = {}) {
      const position = await withLocalDatabase((db) => append(db, row, wasDraft));
      if (position === undefined) inMemory.set(row.id, row);
      else positions.set(row.id, position);
      notifyOtherTabs(row);
    },
    async put(row) {
      const stored = await withLocalDatabase((db) => write(db, row));
      if (stored) inMemory.delete(row.id);
      else inMemory.set(row.id, row);
      notifyOtherTabs(row);
    },
    async remove(row) {
      await withLocalDatabase((db) => erase(db, row.id, positions.get(row.id)));
      inMemory.delete(row.id);
      positions.delete(row.id);
      notifyOtherTabs(row);
    },
    async rowsOf(userId, groupId) {
      const stored = await withLocalDatabase((db) =>
        db.getAllFromIndex('outbox', 'group', [userId, groupId]),
      );
      const rows = (stored ?? []).flatMap((row) => {
        const parsed = OutboxRow.safeParse(row);
        return parsed.success && !inMemory.has(parsed.data.id) ? [parsed.data] : [];
      });
      const unstored = [...inMemory.values()];
      return [
        ...rows,
        ...unstored.filter((row) => row.userId === userId && row.groupId === groupId),
      ];
    },
    async count(userId) {
      const stored = await withLocalDatabase((db) =>
        db.countFromIndex('outbox', 'group', allOf(userId)),
      );
      return (stored ?? 0) + [...inMemory.values()].filter((row) => row.userId === userId).length;
    },
    async forget(userId, groupId) {
      for (const row of inMemory.values()) {
        if (row.userId === userId && (groupId ?? row.groupId) === row.groupId) {
          inMemory.delete(row.id);
        }
      }
      await eraseLocally(userId, groupId);
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

/**
 * Returns the row's key. The transaction is committed in the same turn, because a page that is closed right after Enter
 * has no other.
 */
async function append(db: LocalDatabase, row: OutboxRow, wasDraft: boolean): Promise<number> {
  const transaction = db.transaction(['outbox', 'drafts'], 'readwrite');
  const added = transaction.objectStore('outbox').add(row);
  const deleted =
    wasDraft && row.type === 'message' && transaction.objectStore('drafts').delete(draftKey(row));
  transaction.commit();
  const [position] = await Promise.all([added, deleted, transaction.done]);
  return position;
}

async function write(db: LocalDatabase, row: OutboxRow): Promise<true> {
  const transaction = db.transaction('outbox', 'readwrite');
  const position = await transaction.store.index('id').getKey(row.id);
  await transaction.store.put(position === undefined ? row : { ...row, position });
  await transaction.done;
  return true;
}

/**
 * Deletes in one turn if the key is known: a deletion that was undone just before the page closed must not be sent
 * later.
 */
async function erase(db: LocalDatabase, id: string, known: number | undefined): Promise<void> {
  const transaction = db.transaction('outbox', 'readwrite');
  const position = known ?? (await transaction.store.index('id').getKey(id));
  const deleted = position !== undefined && transaction.store.delete(position);
  transaction.commit();
  await Promise.all([deleted, transaction.done]);
}

/** The outbox store of this page. */
export const outboxStore: OutboxStore = openOutboxStore();
