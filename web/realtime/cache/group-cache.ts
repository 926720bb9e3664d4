import { CachedGroup } from '../replica/cached-group.ts';
import { withLocalDatabase } from './local-database.ts';

/** Stores groups for the next visit. Its methods never reject. */
export interface GroupCache {
  /** Reads a cached group; one of another version is deleted. */
  read(userId: string, groupId: string): Promise<CachedGroup | undefined>;
  /**
   * Caches the group, unless another tab has cached it at a later position. With `isRolledBack` it replaces that too:
   * the server counts from a lower rev than before, and what was cached above it no longer exists.
   */
  write(cached: CachedGroup, options?: { isRolledBack?: boolean }): Promise<void>;
}

/** The cache in IndexedDB. Where IndexedDB is refused, nothing is cached. */
export const groupCache: GroupCache = {
  read: (userId, groupId) =>
    withLocalDatabase(async (db) => {
      const stored = await db.get('groups', [userId, groupId]);
      const parsed = CachedGroup.safeParse(stored);
      if (stored && !parsed.success) await db.delete('groups', [userId, groupId]);
      return parsed.data;
    }),

  async write(cached, { isRolledBack = false } = {}) {
    await withLocalDatabase(async (db) => {
      const transaction = db.transaction('groups', 'readwrite');
      const stored = await transaction.store.get([cached.userId, cached.group.id]);
      const isBehind = stored?.epoch === cached.epoch && stored.since > cached.since;
      if (isRolledBack || !isBehind) await transaction.store.put(cached);
      await transaction.done;
    });
  },
};
