import { UPLOAD_KEPT_MS } from '../../../protocol/limits.ts';
import type { Clock } from '../../clock.ts';
import { within } from '../../within.ts';
import type { StoredFile } from '../rows/file-rows.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** Files of one run. It then yields to the next alarm. */
const FILES_A_RUN = 40;
/** The mirror comes first: a Room that lost its storage right then would else show messages whose files are erased. */
const ERASED_AFTER_MS = 2_000;
const ANSWER_WITHIN_MS = 15_000;
/** The delay after a failure: 2 s, doubling to ten minutes. */
const RETRY_FIRST_MS = 2_000;
const RETRY_MOST_MS = 10 * 60_000;

/** What the erasure needs from the Room around it. */
export interface FileErasureEffects {
  clock: Clock;
  /** Takes files that are gone out of the messages that still have them. */
  withdraw(gone: readonly StoredFile[]): void;
  /** Erases the bytes and all variants of files in R2. */
  eraseBytes(ids: string[]): Promise<void>;
  /** Erases the rows of files in D1. */
  eraseRows(ids: string[]): Promise<void>;
  /** Tells the Inbox of a user that these files take no storage any more. Throws if it does not answer. */
  releaseStorage(userId: string, ids: string[]): Promise<void>;
  schedule(at: number): void;
}

/**
 * The follower that erases files: those that are gone, and those that were never sent. The row of a file stays, so that
 * nothing is forgotten, until R2, D1 and the Inbox of its uploader have all let go of it.
 */
export class FileErasure {
  readonly #store: RoomStore;
  readonly #effects: FileErasureEffects;
  /** Failures in a row. */
  #failures = 0;

  constructor(store: RoomStore, effects: FileErasureEffects) {
    this.#store = store;
    this.#effects = effects;
  }

  /** A file waits for its message since now. */
  waiting(): void {
    this.#effects.schedule(this.#effects.clock() + UPLOAD_KEPT_MS);
  }

  /** Files are gone. While erasing fails, the next attempt is scheduled already, with a growing delay. */
  gone(): void {
    if (this.#failures === 0) this.#effects.schedule(this.#effects.clock() + ERASED_AFTER_MS);
  }

  /** The files were loaded from D1. */
  loaded(): void {
    const at = this.#nextAt();
    if (at !== undefined) this.#effects.schedule(at);
  }

  /** Erases the next files. Returns when to run again, ms UTC; undefined if none is left that waits. */
  async run(): Promise<number | undefined> {
    const { clock, withdraw } = this.#effects;
    const { files } = this.#store;
    files.setUnsentGone(clock() - UPLOAD_KEPT_MS, clock());
    const gone = files.gone(FILES_A_RUN);
    withdraw(gone);
    try {
      if (gone.length > 0) await within(ANSWER_WITHIN_MS, this.#erase(gone));
      this.#failures = 0;
      return this.#nextAt();
    } catch (error) {
      const waitMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_MOST_MS);
      this.#failures += 1;
      console.warn(
        JSON.stringify({
          event: 'file_erasure_failed',
          groupId: this.#store.groupId,
          files: gone.length,
          failures: this.#failures,
          error: String(error),
        }),
      );
      return clock() + waitMs;
    }
  }

  async #erase(gone: readonly StoredFile[]): Promise<void> {
    const { eraseBytes, eraseRows, releaseStorage } = this.#effects;
    const ids = gone.map(({ id }) => id);
    await eraseBytes(ids);
    await eraseRows(ids);
    const byUploader = Map.groupBy(gone, ({ userId }) => userId);
    const released = await Promise.allSettled(
      [...byUploader].map(async ([userId, theirs]) => {
        const own = theirs.map(({ id }) => id);
        await releaseStorage(userId, own);
        this.#store.files.remove(own);
      }),
    );
    const failed = released.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #nextAt(): number | undefined {
    const { files } = this.#store;
    if (files.hasGone()) return this.#effects.clock();
    const oldest = files.oldestUnsentAt();
    return oldest === undefined ? undefined : oldest + UPLOAD_KEPT_MS;
  }
}
