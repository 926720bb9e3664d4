import type { PresenceState } from '../../protocol/models.ts';
import type {
  Receipt,
  ReceiptUpdateEvent,
  ThreadStateEvent,
} from '../../protocol/server-events.ts';
import type { Clock } from './clock.ts';
import { Typists } from './typists.ts';

/** What takes no place in the one order: who is here, who types, who has read how far. The last that was told holds. */
export class GroupMoment {
  readonly typists: Typists;
  #presence: ReadonlyMap<string, PresenceState> = new Map();
  #receipts: ReadonlyMap<string, Receipt> = new Map();

  constructor(clock: Clock, changed: () => void) {
    this.typists = new Typists(clock, changed);
  }

  /** By user id, the same map until it changes; who is not in it is offline. */
  get presence(): ReadonlyMap<string, PresenceState> {
    return this.#presence;
  }

  /** By user id, the same map until it changes. */
  get receipts(): ReadonlyMap<string, Receipt> {
    return this.#receipts;
  }

  adopt(state: ThreadStateEvent): void {
    this.#presence = new Map(state.presence.map((it) => [it.userId, it.state]));
    this.#receipts = new Map(state.receipts.map((it) => [it.userId, it]));
    this.typists.restart(state.typing);
  }

  setPresence(userId: string, state: PresenceState): void {
    const presence = new Map(this.#presence);
    if (state === 'offline') presence.delete(userId);
    else presence.set(userId, state);
    this.#presence = presence;
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
