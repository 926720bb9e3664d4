import * as z from 'zod/mini';
import { named } from '../../../protocol/named.ts';
import { localName } from '../../session/local-names.ts';

/** A moved cursor, and the mark that was known when it was moved. */
const Move = z.object({ seq: z.int(), mark: z.optional(z.int()) });

/**
 * What I read and asked to follow in a group, until the server acknowledges it. The key `""` is the timeline, others
 * are threads.
 */
const PendingSignals = z.object({
  /** How far I read. */
  reads: named(Move),
  /** Cursors that I moved on purpose; without a mark until they are sent. */
  moves: named(Move),
  /** Threads to follow, or to leave. */
  follows: named(z.boolean()),
});
export type PendingSignals = z.infer<typeof PendingSignals>;

/** Stores the pending signals of one user and group. */
export interface PendingSignalStore {
  read(): PendingSignals;
  /**
   * Sets a value, or deletes it if there is none. It is stored when the call returns, because a closing page has no
   * later turn.
   */
  set<P extends keyof PendingSignals>(
    part: P,
    where: string,
    value?: PendingSignals[P][string],
  ): void;
  forget(): void;
}

/**
 * Pending signals in `localStorage`, because IndexedDB would need another turn. Where storage is refused they are kept
 * in memory.
 */
export function storedPendingSignals(userId: string, groupId: string): PendingSignalStore {
  // The name is stored in browsers: another one would lose what earlier versions wrote.
  const name = localName(`untold.${groupId}`, userId);
  let inMemory = '';

  function load(): string {
    try {
      return localStorage.getItem(name) ?? '';
    } catch {
      return inMemory;
    }
  }

  function save(text: string): void {
    inMemory = text;
    try {
      if (text === '') localStorage.removeItem(name);
      else localStorage.setItem(name, text);
    } catch {
      // It is kept in memory.
    }
  }

  return {
    read: () => parse(load()),
    set(part, where, value) {
      // Read again each time, because other tabs write here too.
      const before = load();
      const pending = parse(before);
      if (value === undefined) delete pending[part][where];
      else pending[part][where] = value;
      const isEmpty = Object.values(pending).every((it) => Object.keys(it).length === 0);
      const after = isEmpty ? '' : JSON.stringify(pending);
      if (after !== before) save(after);
    },
    forget: () => save(''),
  };
}

function parse(text: string): PendingSignals {
  try {
    return PendingSignals.parse(JSON.parse(text));
  } catch {
    // Nothing is stored, or another version wrote it.
    return { reads: {}, moves: {}, follows: {} };
  }
}
