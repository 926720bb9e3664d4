import { TYPING_DROPPED_MS } from '../../../protocol/limits.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';

/** One who types, and where: in the group or in a thread. */
interface Typist {
  userId: string;
  parentId: string | null;
  until: number;
}

/** Who is typing. In memory only: an eviction forgets, and whoever types on is back within 4 s. */
export class Typing {
  readonly #clock: Clock;
  readonly #typists = new Map<string, Typist>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this is worth telling: starting and repeating is, stopping what nobody saw is not. */
  set(userId: string, parentId: string | null, typing: boolean): boolean {
    const key = `${userId} ${parentId ?? ''}`;
    if (!typing) return this.#typists.delete(key);
    this.#typists.set(key, { userId, parentId, until: this.#clock() + TYPING_DROPPED_MS });
    return true;
  }

  /** Forgets someone who went. Gives where they were typing. */
  forget(userId: string): (string | null)[] {
    const forgotten = this.#current().filter((typist) => typist.userId === userId);
    for (const { parentId } of forgotten) this.set(userId, parentId, false);
    return forgotten.map((typist) => typist.parentId);
  }

  /** Who types right now. */
  list(): ThreadStateEvent['typing'] {
    return this.#current().map(({ userId, parentId }) => ({ userId, parentId }));
  }

  #current(): Typist[] {
    const now = this.#clock();
    for (const [key, typist] of this.#typists) if (typist.until <= now) this.#typists.delete(key);
    return [...this.#typists.values()];
  }
}
