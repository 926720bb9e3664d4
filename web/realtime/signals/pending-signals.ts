import * as z from 'zod/mini';
import { named } from '../../../protocol/named.ts';
import { keptName } from '../../session/local-names.ts';

/** A cursor that was moved, and the mark that was known then. */
const Move = z.object({ seq: z.int(), mark: z.optional(z.int()) });

/** What I read and wanted to follow in a group, until the server has counted it. `""` names the timeline, else a thread. */
const PendingSignals = z.object({
  /** How far I read. */
  reads: named(Move),
  /** Where I moved a cursor to on purpose; without a mark until the server was told. */
  moves: named(Move),
  /** Threads to follow, or to leave. */
  follows: named(z.boolean()),
});
export type PendingSignals = z.infer<typeof PendingSignals>;

/** Where it is kept. */
export interface PendingSignalStore {
  read(): PendingSignals;
  /** Keeps a value, or none any more. It is stored when the call returns: a page that closes runs nothing later. */
  set<P extends keyof PendingSignals>(
    part: P,
    where: string,
    value?: PendingSignals[P][string],
  ): void;
  forget(): void;
}

/**
 * What is untold of a person's group, in `localStorage`: IndexedDB would need another turn. Where storage is refused it is
 * kept in memory.
 */
export function storedPendingSignals(userId: string, groupId: string): PendingSignalStore {
  const name = keptName(`untold.${groupId}`, userId);
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
      // It is in memory.
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
    // There is nothing, or another version wrote it.
    return { reads: {}, moves: {}, follows: {} };
  }
}
