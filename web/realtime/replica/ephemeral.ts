import type { PresenceState } from '../../../protocol/models.ts';
import type {
  Receipt,
  ReceiptUpdateEvent,
  ThreadStateEvent,
} from '../../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import { Typists } from './typists.ts';

/** What takes no rev: presence, typing, receipts. The last event wins. */
export class Ephemeral {
  readonly typists: Typists;
  #present = new Map<string, PresenceState>();
  /** How many users are present in a large group, of which `presence` has only those who were watched; else undefined. */
  presentCount: number | undefined;
  /** A copy of `#present`, made when it is read: a thousand users who come online at once cost one copy. */
  #presence: ReadonlyMap<string, PresenceState> | undefined;
  #receipts: ReadonlyMap<string, Receipt> = new Map();

  constructor(clock: Clock, changed: () => void) {
    this.typists = new Typists(clock, changed);
  }

  /** By user id, the same map until it changes. A user who is not listed is offline, or not watched in a large group. */
  get presence(): ReadonlyMap<string, PresenceState> {
    this.#presence ??= new Map(this.#present);
    return this.#presence;
  }

  /** By user id, the same map until it changes. */
  get receipts(): ReadonlyMap<string, Receipt> {
    return this.#receipts;
  }

  adopt(state: ThreadStateEvent): void {
    this.#present = new Map(state.presence.map((it) => [it.userId, it.state]));
    this.#presence = undefined;
    this.presentCount = state.presentCount;
    this.#receipts = new Map(state.receipts.map((it) => [it.userId, it]));
    this.typists.restart(state.typing);
  }

  setPresence(userId: string, state: PresenceState): void {
    if (state === 'offline') this.#present.delete(userId);
    else this.#present.set(userId, state);
    this.#presence = undefined;
  }

  /** Null: the group is not large any more, and the presence of everyone follows. */
  setPresentCount(count: number | null): void {
    this.presentCount = count ?? undefined;
    if (count !== null) return;
    this.#present.clear();
    this.#presence = undefined;
  }

  moveReceipt({ userId, readSeq, deliveredSeq, readAt, parentId }: ReceiptUpdateEvent): void {
    if (parentId !== undefined) return;
    const before = this.#receipts.get(userId) ?? { userId, readSeq: 0, deliveredSeq: 0 };
    const after = {
      ...before,
      ...(readSeq !== undefined && { readSeq }),
      ...(deliveredSeq !== undefined && { deliveredSeq }),
      ...(readAt !== undefined && { readAt }),
    };
    this.#receipts = new Map([...this.#receipts, [userId, after]]);
  }
}
