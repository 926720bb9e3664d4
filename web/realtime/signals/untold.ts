import * as z from 'zod/mini';
import { named } from '../../../protocol/named.ts';
import { keptName } from '../cache/local-names.ts';

/** A cursor that was moved, and the mark that was known then. */
const Move = z.object({ seq: z.int(), mark: z.optional(z.int()) });

/** What I read and wanted to follow in a group, until the server has counted it. `""` names the timeline, else a thread. */
const Untold = z.object({
  /** How far I read. */
  reads: named(Move),
  /** Where I moved a cursor to on purpose; without a mark until the server was told. */
  moves: named(Move),
  /** Threads to follow, or to leave. */
  follows: named(z.boolean()),
});
export type Untold = z.infer<typeof Untold>;

/** Where it is kept. */
export interface UntoldStore {
  read(): Untold;
  /** Keeps a value, or none any more. It is stored when the call returns: a page that closes runs nothing later. */
  set<P extends keyof Untold>(part: P, place: string, value?: Untold[P][string]): void;
  forget(): void;
}

/**
 * What is untold of a person's group, in `localStorage`: IndexedDB would need another turn. Where storage is refused it is
 * kept in memory.
 */
export function keptUntold(userId: string, groupId: string): UntoldStore {
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
    set(part, place, value) {
      // Read again each time, because other tabs write here too.
      const before = load();
      const untold = parse(before);
      if (value === undefined) delete untold[part][place];
      else untold[part][place] = value;
      const isEmpty = Object.values(untold).every((it) => Object.keys(it).length === 0);
      const after = isEmpty ? '' : JSON.stringify(untold);
      if (after !== before) save(after);
    },
    forget: () => save(''),
  };
}

function parse(text: string): Untold {
  try {
    return Untold.parse(JSON.parse(text));
  } catch {
    // There is nothing, or another version wrote it.
    return { reads: {}, moves: {}, follows: {} };
  }
}
