import { CachedGroup } from '../replica/cached-group.ts';
import { withLocalDatabase } from './local-database.ts';

/** Where groups are kept for the next visit. Nothing here rejects. */
export interface GroupCache {
  /** The group as it was kept; what is there of another version is dropped. */
  read(userId: string, groupId: string): Promise<CachedGroup | undefined>;
  /**
   * Keeps the group, unless another tab has kept it at a later N. `isSetBack`: the server counts from a lower N than it did,
   * and what is kept beyond that never was.
   */
  write(cached: CachedGroup, options?: { isRolledBack?: boolean }): Promise<void>;
}

/** The cache in IndexedDB. Where that is refused, nothing is kept. */
export const groupCache: GroupCache = {
  read: (userId, groupId) =>
    withLocalDatabase(async (db) => {
      const kept = await db.get('groups', [userId, groupId]);
      const parsed = CachedGroup.safeParse(kept);
      if (kept && !parsed.success) await db.delete('groups', [userId, groupId]);
      return parsed.data;
    }),

  async write(cached, { isRolledBack = false } = {}) {
    await withLocalDatabase(async (db) => {
      const transaction = db.transaction('groups', 'readwrite');
      const kept = await transaction.store.get([cached.userId, cached.group.id]);
      const isBehind = kept?.epoch === cached.epoch && kept.since > cached.since;
      if (isRolledBack || !isBehind) await transaction.store.put(cached);
      await transaction.done;
    });
  },
};
