import type { Clock } from '../clock.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import type { GroupCache } from './group-cache.ts';

/** What an earlier visit left is waited for so long: a database that hangs must not keep the group closed. */
const RESTORE_WITHIN_MS = 1_000;

/** What it takes to go on from an earlier visit. */
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

/** The group as an earlier visit of this machine left it. */
export class CacheRestore {
  readonly #parts: CacheRestoreParts;
  #heardAt: number | undefined;
  #restored: Promise<void> | undefined;

  constructor(parts: CacheRestoreParts) {
    this.#parts = parts;
  }

  /** When the server was heard then, ms UTC; undefined if it never was. */
  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  /** Takes it up once, unless something newer is known by then. */
  restore(): Promise<void> {
    this.#restored ??= this.#restore();
    return this.#restored;
  }

  async #restore(): Promise<void> {
    const { cache, clock, userId, groupId, replica, isClosed, changed } = this.#parts;
    const cached = await Promise.race([
      cache.read(userId, groupId),
      new Promise<undefined>((resolve) => {
        clock.after(RESTORE_WITHIN_MS, () => resolve(undefined));
      }),
    ]);
    if (!cached || replica().position || isClosed()) return;
    this.#heardAt = cached.heardAt;
    replica().restore(cached);
    changed();
  }
}
