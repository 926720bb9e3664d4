import type { Clock } from '../clock.ts';
import type { CachedGroup } from '../replica/cached-group.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import type { GroupCache } from './group-cache.ts';

/** How long connecting waits for the cached group, ms: a database that hangs must not keep the group closed. */
const RESTORE_WITHIN_MS = 1_000;

/** What it takes to restore a group from the cache. */
export interface CacheRestoreParts {
  userId: string;
  groupId: string;
  cache: GroupCache;
  clock: Clock;
  replica(): GroupReplica;
  /** The group cannot be shown any more. */
  isClosed(): boolean;
  changed(): void;
}

/** Restores the group as an earlier visit cached it on this machine. */
export class CacheRestore {
  readonly #parts: CacheRestoreParts;
  #group: CachedGroup | undefined;
  #restored: Promise<void> | undefined;

  constructor(parts: CacheRestoreParts) {
    this.#parts = parts;
  }

  /** The group that was restored; undefined if none was. */
  get group(): CachedGroup | undefined {
    return this.#group;
  }

  /** Restores the cached group once, unless the server's state arrives first. */
  restore(): Promise<void> {
    this.#restored ??= this.#restore();
    return this.#restored;
  }

  async #restore(): Promise<void> {
    const { cache, clock, userId, groupId } = this.#parts;
    await Promise.race([
      cache.read(userId, groupId).then((cached) => this.#adopt(cached)),
      new Promise<void>((resolve) => {
        clock.after(RESTORE_WITHIN_MS, resolve);
      }),
    ]);
  }

  /** Also when it comes late: without a network nothing else will come. */
  #adopt(cached: CachedGroup | undefined): void {
    const { replica, isClosed, changed } = this.#parts;
    if (!cached || replica().position || isClosed()) return;
    this.#group = cached;
    replica().restore(cached);
    changed();
  }
}
