import type { Clock } from '../clock.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import { CACHED_MESSAGES, takeSnapshot } from '../replica/snapshot.ts';
import type { GroupCache } from './group-cache.ts';

/** A group is kept at most so often: each time costs a copy of its newest messages. */
const WRITE_EVERY_MS = 500;
/** What is missing of the newest messages is asked for so long after a group was opened, when that is at rest. */
const FILL_AFTER_MS = 5_000;

/** What a keeper needs from its surroundings. */
export interface CacheWriterParts {
  clock: Clock;
  cache: GroupCache;
  replica(): GroupReplica;
  /** When the server was heard last, ms UTC. */
  heardAt(): number | undefined;
  isLive(): boolean;
  /** Loads what is missing of the newest messages, so many. */
  fill(count: number): Promise<void>;
}

/** Keeps the group for the next visit, and to be read offline. */
export class CacheWriter {
  readonly #parts: CacheWriterParts;
  #cancel: (() => void) | undefined;
  #writtenAt = 0;
  #cancelFill: (() => void) | undefined;
  #isFilled = false;

  constructor(parts: CacheWriterParts) {
    this.#parts = parts;
  }

  /** The group has changed: it is kept as soon as it may be. What waits when the page is closed may be lost. */
  changed(): void {
    const { clock } = this.#parts;
    const wait = Math.max(0, this.#writtenAt + WRITE_EVERY_MS - clock.now());
    this.#cancel ??= clock.after(wait, () => this.write());
  }

  /** Somebody looks at the group, and it is live: once a visit what is missing of it is loaded. */
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

  /** Keeps what has changed now. */
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

  /** What has changed is not to be kept. */
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
