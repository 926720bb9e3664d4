import { TYPING_DROPPED_MS } from '../../../protocol/limits.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../../clock.ts';

/** A user who is typing in the group (`parentId` null) or in a thread. */
interface Typist {
  userId: string;
  parentId: string | null;
  until: number;
  /** When everyone was last told. */
  toldAt: number;
}

/** Clients repeat that someone types every few seconds. What comes sooner tells nobody anything. */
const TOLD_EVERY_MS = 1_000;

/** The users who are typing. In memory only: after an eviction a client that goes on typing repeats it within 4 s. */
export class Typing {
  readonly #clock: Clock;
  readonly #typists = new Map<string, Typist>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts, repeats or stops typing. False if nobody need be told: the user was not typing there, or did a moment ago. */
  set(userId: string, parentId: string | null, typing: boolean): boolean {
    const key = `${userId} ${parentId ?? ''}`;
    if (!typing) return this.#typists.delete(key);
    const now = this.#clock();
    const before = this.#typists.get(key);
    const isNews = !before || now - before.toldAt >= TOLD_EVERY_MS;
    const toldAt = isNews ? now : before.toldAt;
    this.#typists.set(key, { userId, parentId, until: now + TYPING_DROPPED_MS, toldAt });
    return isNews;
  }

  /** Removes a user who left. Returns the threads (null: the group) in which they were typing. */
  forget(userId: string): (string | null)[] {
    const forgotten = this.#current().filter((typist) => typist.userId === userId);
    for (const { parentId } of forgotten) this.set(userId, parentId, false);
    return forgotten.map((typist) => typist.parentId);
  }

  /** Everyone who is typing now. */
  list(): ThreadStateEvent['typing'] {
    return this.#current().map(({ userId, parentId }) => ({ userId, parentId }));
  }

  #current(): Typist[] {
    const now = this.#clock();
    for (const [key, typist] of this.#typists) if (typist.until <= now) this.#typists.delete(key);
    return [...this.#typists.values()];
  }
}
