import type { Result } from '../../../protocol/errors.ts';
import { PAGE_MAX } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import type { Clock } from '../clock.ts';

/** Users who become missing within this time are fetched together. */
const TOGETHER_MS = 50;

/** What it takes to fetch users. */
export interface UnknownUsersParts {
  clock: Clock;
  fetchUsers(ids: readonly string[]): Promise<Result<{ items: User[] }>>;
  found(users: readonly User[]): void;
}

/**
 * Fetches users whom a live event named and no state or page has included, which happens in groups of more than 200.
 */
export class UnknownUsers {
  readonly #parts: UnknownUsersParts;
  readonly #asked = new Set<string>();
  #missing: string[] = [];
  #cancel: (() => void) | undefined;

  constructor(parts: UnknownUsersParts) {
    this.#parts = parts;
  }

  /** A user is shown without a name. They are fetched once. */
  missing(userId: string): void {
    if (this.#asked.has(userId)) return;
    this.#asked.add(userId);
    this.#missing.push(userId);
    this.#cancel ??= this.#parts.clock.after(TOGETHER_MS, () => void this.#ask());
  }

  /** Users who could not be fetched may be fetched again: the connection is back. */
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
