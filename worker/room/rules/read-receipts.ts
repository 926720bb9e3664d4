import { RECEIPTS_MEMBERS } from '../../../protocol/limits.ts';
import type {
  EphemeralEvent,
  Receipt,
  ReceiptUpdateEvent,
} from '../../../protocol/server-events.ts';
import type { Audience } from '../../sockets/audience.ts';
import type { ReadReceiptsWish } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** The position of a cursor that may not be seen: nothing is read, for all that the others know. */
const UNSEEN_SEQ = 0;

/**
 * What this user sees of a receipt. `off` are the members with read receipts off: nobody sees what they have read, and they
 * do not see what others have. What was delivered everyone sees.
 */
export function seenBy(viewerId: string, receipt: Receipt, off: ReadonlySet<string>): Receipt {
  return isSeen(viewerId, receipt.userId, off) ? receipt : unseen(receipt);
}

/** What this user sees of an event that a client of theirs missed: `off` may have changed since then. */
export function eventSeenBy(
  viewerId: string,
  event: EphemeralEvent,
  off: ReadonlySet<string>,
): EphemeralEvent {
  if (event.type !== 'receipt_update' || isSeen(viewerId, event.userId, off)) return event;
  const { readAt: _, ...rest } = event;
  return { ...rest, ...(rest.readSeq !== undefined && { readSeq: UNSEEN_SEQ }) };
}

/** The events that send the move of a cursor to everyone, each with as much of it as they may see. */
export function shared(
  move: ReceiptUpdateEvent,
  off: ReadonlySet<string>,
): { event: ReceiptUpdateEvent; to: Audience }[] {
  const { readSeq, readAt, ...delivered } = move;
  if (off.size === 0 || readSeq === undefined) return [{ event: move, to: {} }];
  const { type, userId, deliveredSeq } = move;
  const event = { type, userId, readSeq, ...(readAt !== undefined && { readAt }) };
  const read = { event, to: off.has(userId) ? { onlyTo: userId } : { notTo: off } };
  return deliveredSeq === undefined ? [read] : [read, { event: delivered, to: {} }];
}

/** What `ReadReceipts` needs from outside. */
export interface ReadReceiptsEffects {
  publish: (event: ReceiptUpdateEvent, to: Audience) => void;
  /** Called after what a member has set was stored. */
  changed: () => void;
}

/** Whether the members of a group see what the others have read, as each has set it for their account. */
export class ReadReceipts {
  readonly #store: RoomStore;
  readonly #effects: ReadReceiptsEffects;

  constructor(store: RoomStore, effects: ReadReceiptsEffects) {
    this.#store = store;
    this.#effects = effects;
  }

  /**
   * Stores what a member has set, unless a later version is known. What the others and they themselves saw is taken back or
   * shown at once.
   */
  set(userId: string, { isOn, version }: ReadReceiptsWish): void {
    const before = this.#store.preferences.find(userId);
    if (version <= before.receiptsVersion) return;
    const after = { ...before, userId, readReceipts: isOn, receiptsVersion: version };
    this.#store.preferences.put(after);
    this.#effects.changed();
    if (isOn !== before.readReceipts) this.#show(userId);
  }

  /** `shared`, with the members of now. */
  shared(move: ReceiptUpdateEvent): ReturnType<typeof shared> {
    return shared(move, this.#store.preferences.withoutReceipts());
  }

  /** Sends what the others see of this member now, and what the member sees of the others. */
  #show(userId: string): void {
    if (this.#store.memberCount() > RECEIPTS_MEMBERS) return;
    const off = this.#store.preferences.withoutReceipts();
    const isOn = !off.has(userId);
    for (const receipt of this.#store.cursors.receipts()) {
      const isOwn = receipt.userId === userId;
      const isShown = isOn && !off.has(receipt.userId);
      // Their own clients go by the same events, and must not take it that they have read nothing.
      const to = isOwn ? { notTo: new Set([...off, userId]) } : { onlyTo: userId };
      this.#effects.publish(positionOf(isShown ? receipt : unseen(receipt)), to);
    }
  }
}

function unseen({ userId, deliveredSeq }: Receipt): Receipt {
  return { userId, readSeq: UNSEEN_SEQ, deliveredSeq };
}

function positionOf(receipt: Receipt): ReceiptUpdateEvent {
  return { type: 'receipt_update', ...receipt };
}

function isSeen(viewerId: string, userId: string, off: ReadonlySet<string>): boolean {
  return viewerId === userId || !(off.has(viewerId) || off.has(userId));
}
