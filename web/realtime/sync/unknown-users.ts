import type { Result } from '../../../protocol/errors.ts';
import { PAGE_MAX } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import type { Clock } from '../clock.ts';

/** Names that are missed at the same time are asked for together. */
const TOGETHER_MS = 50;

/** What it takes to learn who somebody is. */
export interface UnknownUsersParts {
  clock: Clock;
  fetchUsers(ids: readonly string[]): Promise<Result<{ items: User[] }>>;
  found(users: readonly User[]): void;
}

/** Asks who somebody is whom a live event named and no state or page did, as may be in groups of more than 200. */
export class UnknownUsers {
  readonly #parts: UnknownUsersParts;
  readonly #asked = new Set<string>();
  #missing: string[] = [];
  #cancel: (() => void) | undefined;

  constructor(parts: UnknownUsersParts) {
    this.#parts = parts;
  }

  /** Somebody is shown without a name. They are asked for once. */
  missing(userId: string): void {
    if (this.#asked.has(userId)) return;
    this.#asked.add(userId);
    this.#missing.push(userId);
    this.#cancel ??= this.#parts.clock.after(TOGETHER_MS, () => void this.#ask());
  }

  /** Those whom nobody could name may be asked for again: the connection is back. */
  retryMissing(): void {
    this.#asked.clear();
  }

  close(): void {
    this.#cancel?.();
  }

  async #ask(): Promise<void> {
    this.#cancel = undefined;
    while (this.#missing.length > 0) {
      const found = await this.#parts.fetchUsers(this.#missing.splice(0, PAGE_MAX));
      if (found.ok) this.#parts.found(found.value.items);
    }
  }
}
