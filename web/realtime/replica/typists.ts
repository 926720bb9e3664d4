import { TYPING_DROPPED_MS } from '../../../protocol/limits.ts';
import type { Clock } from '../clock.ts';

/** One user who types: in the timeline (`parentId` null) or in a thread. */
interface Typist {
  userId: string;
  parentId: string | null;
  cancelDrop: () => void;
}

/** Who types, and where. A user whom the server does not name again within 6 s has stopped. */
export class Typists {
  readonly #clock: Clock;
  readonly #changed: () => void;
  /** In the order they began. */
  readonly #typists = new Map<string, Typist>();

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** The ids of those who type there, in the order they began. */
  in(parentId: string | null): string[] {
    return [...this.#typists.values()]
      .filter((typist) => typist.parentId === parentId)
      .map(({ userId }) => userId);
  }

  set(userId: string, parentId: string | null, typing: boolean): void {
    const key = `${userId} ${parentId ?? ''}`;
    this.#typists.get(key)?.cancelDrop();
    if (!typing) {
      this.#typists.delete(key);
      return;
    }
    const cancelDrop = this.#clock.after(TYPING_DROPPED_MS, () => {
      this.#typists.delete(key);
      this.#changed();
    });
    this.#typists.set(key, { userId, parentId, cancelDrop });
  }

  /** Replaces those who type by these. */
  restart(typing: readonly { userId: string; parentId: string | null }[]): void {
    const names = new Set(typing.map(({ userId, parentId }) => `${userId} ${parentId ?? ''}`));
    for (const [key, typist] of this.#typists) {
      if (!names.has(key)) this.set(typist.userId, typist.parentId, false);
    }
    for (const { userId, parentId } of typing) this.set(userId, parentId, true);
  }

  /** Forgets who types, and ends the timers. */
  clear(): void {
    this.restart([]);
  }
}
