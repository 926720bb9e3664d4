import { CACHED_MESSAGES } from '../replica/cached-group.ts';
import type { ChangesWriter, ChangesWriterParts } from './changes-writer.ts';

/** Changes are collected for this time and written together. */
const WRITE_EVERY_MS = 2_000;
/** Missing messages are loaded this long after a group was opened, when opening it is done. */
const FILL_AFTER_MS = 5_000;

/** What caching a group needs from its surroundings. */
export interface CacheWriterParts extends ChangesWriterParts {
  isLive(): boolean;
  /** Loads missing messages until the newest `count` are held. */
  fill(count: number): Promise<void>;
}

/** What writes is needed only some time after a group is shown. */
let writing: typeof import('./changes-writer.ts') | undefined;

/** Decides when the group is cached, for the next visit and for reading offline. */
export class CacheWriter {
  readonly #parts: CacheWriterParts;
  #writer: ChangesWriter | undefined;
  #cancel: (() => void) | undefined;
  #cancelFill: (() => void) | undefined;
  #isFilled = false;

  constructor(parts: CacheWriterParts) {
    this.#parts = parts;
  }

  /** The group may have changed. */
  changed(): void {
    this.#cancel ??= this.#parts.clock.after(WRITE_EVERY_MS, () => void this.#write());
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

  /** The page is hidden or left: writes now what has changed. */
  leaving(): void {
    void this.#write({ isLeaving: true });
  }

  /** Cancels the write that is due. */
  discard(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  async #write(options?: { isLeaving: boolean }): Promise<void> {
    this.discard();
    // No wait once it is here: a page that closes has no other turn.
    writing ??= await import('./changes-writer.ts').catch(() => undefined);
    if (writing) this.#writer ??= new writing.ChangesWriter(this.#parts);
    this.#writer?.write(options);
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
