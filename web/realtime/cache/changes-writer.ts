import type { Clock } from '../clock.ts';
import type { CachedGroup } from '../replica/cached-group.ts';
import type { GroupReplica } from '../replica/group-replica.ts';
import { takeSnapshot } from '../replica/snapshot.ts';
import type { GroupCache } from './group-cache.ts';

/** "Offline, as of 14:03" may be this wrong, ms: less is not worth a write. */
const HEARD_WITHIN_MS = 60_000;

/** What writing a group needs from its surroundings. */
export interface ChangesWriterParts {
  clock: Clock;
  cache: GroupCache;
  replica(): GroupReplica;
  /** The group as it was restored from the cache, if it was. */
  restored(): CachedGroup | undefined;
  /** When the server was last heard from, ms UTC. */
  heardAt(): number | undefined;
}

/** Writes the group into the cache if something in it has changed that the cache holds: typing and presence are not. */
export class ChangesWriter {
  readonly #parts: ChangesWriterParts;
  /** What this tab read or wrote last; undefined if that is unknown. */
  #stored: CachedGroup | undefined;

  constructor(parts: ChangesWriterParts) {
    this.#parts = parts;
    this.#stored = parts.restored();
  }

  /** With `isLeaving` also if nothing but time has passed, because the page may be offline when it opens next. */
  write({ isLeaving = false }: { isLeaving?: boolean } = {}): void {
    const { cache, replica: current, heardAt, clock } = this.#parts;
    const replica = current();
    const group = takeSnapshot(replica, heardAt() ?? clock.now());
    const stored = this.#stored;
    if (!group) return;
    const isOld = isLeaving && group.heardAt - (stored?.heardAt ?? 0) >= HEARD_WITHIN_MS;
    if (stored && isSame(stored, group) && !isOld) return;
    const { isRolledBack } = replica;
    replica.isRolledBack = false;
    this.#stored = group;
    void cache.write(group, { isRolledBack, isLeaving }).then((isWritten) => {
      if (isWritten) return;
      replica.isRolledBack ||= isRolledBack;
      if (this.#stored === group) this.#stored = undefined;
    });
  }
}

/** Whether both are the same group. Every change of a message or a member has a rev, and moves the position. */
function isSame(a: CachedGroup, b: CachedGroup): boolean {
  return (
    a.epoch === b.epoch &&
    a.since === b.since &&
    a.hasBefore === b.hasBefore &&
    a.messages.length === b.messages.length &&
    isEqual([a.group, a.me, a.users], [b.group, b.me, b.users])
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
