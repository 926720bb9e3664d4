import { fail, ok, type Result } from '../../protocol/errors.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { inChunks } from '../in-chunks.ts';
import type { RoomRpc } from '../room/room-rpc.ts';
import { within } from '../within.ts';
import type { EntryStore, StoredEntry } from './rows/entry-store.ts';

const ROOM_ANSWERS_WITHIN_MS = 5_000;
const D1_ANSWERS_WITHIN_MS = 3_000;

/** What the entries need from the Inbox around them. */
export interface EntriesEffects {
  userId: string;
  roomOf(groupId: string): Pick<RoomRpc, 'subscribe'>;
  /** The user's groups with their Rooms' counters, as the directory has them. */
  counters(): Promise<ReadonlyMap<string, number>>;
  /** An entry is another one now; `before` is undefined if none was known. */
  changed(before: InboxEntry | undefined, after: InboxEntry): void;
  /** The user's list has this group no more. */
  removed(groupId: string): void;
  /** The user is not a member of this group any more; it is not just hidden. */
  left(groupId: string): void;
}

/** Whether every Room that had to be asked has answered. */
export interface Healed {
  isComplete: boolean;
}

/** The groups of one user: in memory as the Rooms sent them last, in the storage as they answered when they were asked. */
export class Entries {
  readonly #store: EntryStore;
  readonly #effects: EntriesEffects;
  /** What Rooms sent or answered since this object is in memory. Every open client has been sent exactly these. */
  readonly #live = new Map<string, StoredEntry>();
  /** What the storage held at the first heal. Open clients may have been sent newer ones before an eviction. */
  #stored: Map<string, StoredEntry> | undefined;
  /** Groups whose Room is being asked, and whether it sent something in the meantime: the answer may be older. */
  readonly #asked = new Map<string, { isOvertaken: boolean }>();
  #healing: Promise<Result<Healed>> | undefined;

  constructor(store: EntryStore, effects: EntriesEffects) {
    this.#store = store;
    this.#effects = effects;
  }

  /** A Room sent the entry as it is now, none for a hidden group. */
  received(
    groupId: string,
    entry: InboxEntry | undefined,
    { counter, isListening }: { counter: number; isListening: boolean },
  ): void {
    this.#store.markOutdated(groupId, entry);
    this.#overtake(groupId);
    // Without a listener the Room sends nothing more, so that what is known grows old.
    this.#replace(groupId, { entry, counter, isOutdated: !isListening });
  }

  /** The user is in this group no more. */
  removed(groupId: string): void {
    this.#store.remove(groupId);
    this.#live.delete(groupId);
    this.#stored?.delete(groupId);
    this.#overtake(groupId);
    this.#effects.removed(groupId);
    this.#effects.left(groupId);
  }

  /** Whether the user is in this group, also while it is hidden. */
  has(groupId: string): boolean {
    return this.#known().has(groupId);
  }

  /**
   * Asks the Rooms whose entry may have changed: those that said so, and those of which the directory knows a newer counter
   * or that are not known here. A Room that does not answer keeps its last entry, and is asked again next time.
   */
  async heal(): Promise<Result<Healed>> {
    this.#healing ??= this.#heal().finally(() => {
      this.#healing = undefined;
    });
    return this.#healing;
  }

  async #heal(): Promise<Result<Healed>> {
    const counters = await within(D1_ANSWERS_WITHIN_MS, this.#effects.counters()).catch(
      () => undefined,
    );
    const known = this.#known();
    const doubtful = [...new Set([...known.keys(), ...(counters?.keys() ?? [])])].filter(
      (groupId) => {
        const held = known.get(groupId);
        if (!held || held.isOutdated) return true;
        // An entry that an earlier version stored says nothing of threads without unread replies.
        if (held.entry && held.entry.lastThreadReplyAt === undefined) return true;
        const counter = counters?.get(groupId);
        return counters !== undefined && (counter === undefined || counter > held.counter);
      },
    );
    const answered = await inChunks(doubtful, (groupId) => this.#ask(groupId));
    const unanswered = answered.filter((isAnswered) => !isAnswered).length;
    if (counters || known.size > 0 || unanswered < doubtful.length) {
      return ok({ isComplete: counters !== undefined && unanswered === 0 });
    }
    return fail('unavailable', 'Your groups cannot be loaded right now. Try again in a moment.');
  }

  /** All entries, newest activity first; none for hidden groups. */
  list(): InboxEntry[] {
    const entries = [...this.#known().values()].flatMap(({ entry }) => entry ?? []);
    return entries.sort((a, b) => activeAt(b) - activeAt(a) || (a.group.id < b.group.id ? 1 : -1));
  }

  /** Other clients may be open while one connects: they learn what its healing found. */
  #replace(groupId: string, after: StoredEntry): void {
    const before = this.#live.get(groupId);
    this.#live.set(groupId, after);
    if (after.entry) this.#effects.changed(before?.entry, after.entry);
    // What clients were sent before an eviction is not known.
    else if (!before || before.entry) this.#effects.removed(groupId);
  }

  #known(): Map<string, StoredEntry> {
    this.#stored ??= this.#store.all();
    return new Map([...this.#stored, ...this.#live]);
  }

  /** What the Room of this group is about to answer may be older than what it has sent since. */
  #overtake(groupId: string): void {
    const asked = this.#asked.get(groupId);
    if (asked) asked.isOvertaken = true;
  }

  /** Whether the Room answered. */
  async #ask(groupId: string): Promise<boolean> {
    const asked = { isOvertaken: false };
    this.#asked.set(groupId, asked);
    try {
      const room = this.#effects.roomOf(groupId);
      const answer = await within(ROOM_ANSWERS_WITHIN_MS, room.subscribe(this.#effects.userId));
      if (asked.isOvertaken) return await this.#ask(groupId);
      if (answer.ok) {
        const { entry, counter } = answer.value;
        this.#store.put(groupId, entry, counter);
        this.#replace(groupId, { entry, counter, isOutdated: false });
        return true;
      }
      if (answer.failure.code === 'unavailable') return false;
      this.removed(groupId);
      return true;
    } catch (error) {
      console.warn(JSON.stringify({ event: 'ask_failed', groupId, error: String(error) }));
      return false;
    } finally {
      if (this.#asked.get(groupId) === asked) this.#asked.delete(groupId);
    }
  }
}

/** When something last happened in a group, ms UTC. */
function activeAt({ last, group }: InboxEntry): number {
  return last?.at ?? group.createdAt;
}
