import type { Clock } from '../clock.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import { CACHED_MESSAGES, takeSnapshot } from '../replica/snapshot.ts';
import type { GroupCache } from './group-cache.ts';

/** Writes are throttled to one in this time: each copies the newest messages of the group. */
const WRITE_EVERY_MS = 500;
/** Missing messages are loaded this long after a group was opened, when opening it is done. */
const FILL_AFTER_MS = 5_000;

/** What caching a group needs from its surroundings. */
export interface CacheWriterParts {
  clock: Clock;
  cache: GroupCache;
  replica(): GroupReplica;
  /** When the server was last heard from, ms UTC. */
  heardAt(): number | undefined;
  isLive(): boolean;
  /** Loads missing messages until the newest `count` are held. */
  fill(count: number): Promise<void>;
}

/** Caches the group for the next visit and for reading offline. */
export class CacheWriter {
  readonly #parts: CacheWriterParts;
  #cancel: (() => void) | undefined;
  #writtenAt = 0;
  #cancelFill: (() => void) | undefined;
  #isFilled = false;

  constructor(parts: CacheWriterParts) {
    this.#parts = parts;
  }

  /**
   * The group has changed: writes it when the throttle allows. A write that is still due when the page closes may be
   * lost.
   */
  changed(): void {
    const { clock } = this.#parts;
    const wait = Math.max(0, this.#writtenAt + WRITE_EVERY_MS - clock.now());
    this.#cancel ??= clock.after(wait, () => this.write());
  }

  /** The group is shown and live: loads missing messages once per visit. */
  visited(): void {
    if (this.#isFilled) return;
    this.#cancelFill ??= this.#parts.clock.after(FILL_AFTER_MS, () => void this.#fill());
  }

  /** The visit is over. */
  left(): void {
    this.#cancelFill?.();
    this.#cancelFill = undefined;
    this.#isFilled = false;
  }

  /** Writes now if a write is due. */
  write(): void {
    if (!this.#cancel) return;
    this.discard();
    const { cache, replica, heardAt, clock } = this.#parts;
    this.#writtenAt = clock.now();
    const { isRolledBack } = replica();
    const snapshot = takeSnapshot(replica(), heardAt() ?? clock.now());
    if (!snapshot) return;
    void cache.write(snapshot, { isRolledBack });
    replica().isRolledBack = false;
  }

  /** Cancels the write that is due. */
  discard(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #fill(): Promise<void> {
    const { isLive, fill } = this.#parts;
    this.#cancelFill = undefined;
    if (!isLive()) return;
    this.#isFilled = true;
    await fill(CACHED_MESSAGES);
    this.changed();
  }
}
