import { CachedGroup } from '../replica/cached-group.ts';
import { allOf, withLocalDatabase } from './local-database.ts';
import type { WriteOptions } from './write-group.ts';

/** Stores groups for the next visit. Its methods never reject. */
export interface GroupCache {
  /** Reads a cached group; one of another version is deleted. */
  read(userId: string, groupId: string): Promise<CachedGroup | undefined>;
  /**
   * Caches the group, unless another tab has cached it at a later position; with `isRolledBack` it replaces that too. Returns
   * whether the cache is now at this position or at a later one.
   */
  write(cached: CachedGroup, options?: WriteOptions): Promise<boolean>;
}

/** What writes is needed only some time after a group is shown. */
let writing: typeof import('./write-group.ts') | undefined;

/** The cache in IndexedDB. Where IndexedDB is refused, nothing is cached. */
export const groupCache: GroupCache = {
  read: (userId, groupId) =>
    withLocalDatabase(async (db) => {
      const transaction = db.transaction(['groups', 'messages', 'members']);
      const rows = allOf(userId, groupId);
      const [group, messages, members] = await Promise.all([
        transaction.objectStore('groups').get([userId, groupId]),
        transaction.objectStore('messages').getAll(rows),
        transaction.objectStore('members').getAll(rows),
      ]);
      const parsed = CachedGroup.safeParse({ ...group, messages, members });
      // The next write replaces the rows of a group that is missing.
      if (group && !parsed.success) await db.delete('groups', [userId, groupId]);
      return parsed.data;
    }),

  async write(cached, options) {
    // No wait once it is here: a page that closes has no other turn.
    writing ??= await import('./write-group.ts').catch(() => undefined);
    return writing ? writing.writeGroup(cached, options) : false;
  },
};
