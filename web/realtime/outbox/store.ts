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

/** Where unsent rows are kept, in the order they were written. Nothing here rejects. */
export interface OutboxStore {
  /**
   * Adds a new row at the end. If it was the draft of its place, that is deleted in the same transaction, so that nothing
   * can be sent twice or be lost between the two.
   */
  add(row: OutboxRow, options?: { wasDraft?: boolean }): Promise<void>;
  /** Replaces the row of the same id where it stands; adds it at the end if there is none. */
  put(row: OutboxRow): Promise<void>;
  remove(row: OutboxRow): Promise<void>;
  rowsOf(userId: string, groupId: string): Promise<OutboxRow[]>;
  /** How much of all groups this user has not sent. */
  count(userId: string): Promise<number>;
  /** Drops all that this machine keeps of the user, drafts and cached groups too: of one group, or of all of them. */
  forget(userId: string, groupId?: string): Promise<void>;
  /** Calls back when another tab has changed the rows of a group; the answer ends it. */
  watch(userId: string, groupId: string, changed: () => void): () => void;
}

/**
 * The outbox in IndexedDB. Where that is refused the rows live in memory and everything else goes on: what cannot be kept
 * is still worth sending.
 */
export function openOutboxStore(): OutboxStore {
  const inMemory = new Map<string, OutboxRow>();
  /** Where this tab stored rows, by their id: they are erased in one turn, and a page that closes has no other. */
  const positions = new Map<string, number>();
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

  function tellOtherTabs({ userId, groupId }: { userId: string; groupId: string }): void {
    channel?.postMessage({ userId, groupId });
  }

  return {
    async add(row, { wasDraft = false } = {}) {
      const position = await withLocalDatabase((db) => append(db, row, wasDraft));
      if (position === undefined) inMemory.set(row.id, row);
      else positions.set(row.id, position);
      tellOtherTabs(row);
    },
    async put(row) {
      const stored = await withLocalDatabase((db) => write(db, row));
      if (stored) inMemory.delete(row.id);
      else inMemory.set(row.id, row);
      tellOtherTabs(row);
    },
    async remove(row) {
      await withLocalDatabase((db) => erase(db, row.id, positions.get(row.id)));
      inMemory.delete(row.id);
      positions.delete(row.id);
      tellOtherTabs(row);
    },
    async rowsOf(userId, groupId) {
      const stored = await withLocalDatabase((db) =>
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
 * Gives the row's position. All of it is handed over and committed in one turn: a page that is closed right after Enter has
 * no other.
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

/** In one turn if the position is known: what was taken back right before the page closed must not be sent later. */
async function erase(db: LocalDatabase, id: string, known: number | undefined): Promise<void> {
  const transaction = db.transaction('outbox', 'readwrite');
  const position = known ?? (await transaction.store.index('id').getKey(id));
  const deleted = position !== undefined && transaction.store.delete(position);
  transaction.commit();
  await Promise.all([deleted, transaction.done]);
}

/** The one outbox of this page. */
export const outboxStore: OutboxStore = openOutboxStore();
