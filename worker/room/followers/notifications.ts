import type { MessageNotification } from '../../../protocol/notifications.ts';
import type { Clock } from '../../clock.ts';
import { OBJECTS_AT_ONCE } from '../../in-chunks.ts';
import type { Wishes } from '../../inbox/inbox-rpc.ts';
import { within } from '../../within.ts';
import type { NotifyStore, PendingNotification } from '../rows/notify-store.ts';

const ANSWER_WITHIN_MS = 5_000;
/** The pause after a failure. It doubles each time, up to `MOST_TRIES` attempts. */
const RETRY_MS = 10_000;
const MOST_TRIES = 6;
/** The answer of a new member's Inbox comes at most so long after the first messages of a group. */
const ANSWERED_LATE_MS = 60_000;

/** What the follower needs from the Room around it. */
export interface NotificationEffects {
  clock: Clock;
  groupId: string;
  /** How long a message must be unread, ms. */
  afterMs: number;
  /** When the first message after `seq` was sent, ms UTC; undefined without one. */
  firstSentAfter(seq: number): number | undefined;
  /** The seq of the newest message that was sent until `at`, ms UTC. */
  newestUntil(at: number): number;
  /** The newest of the messages after `after` up to `upTo` that is unread by this user and notifies them. */
  unread(userId: string, range: { after: number; upTo: number }): MessageNotification | undefined;
  /** Whether the user has the group open and is active: then no Inbox need be asked. */
  isActive(userId: string): boolean;
  notify(userId: string, notification: MessageNotification): Promise<Wishes>;
  schedule(at: number): void;
}

/** One way through all members who want pushes. Lost with an eviction, and then begun again: a repeat replaces a push. */
interface Pass {
  after: number;
  upTo: number;
  left: string[];
}

/**
 * The follower that tells the Inboxes of members who want pushes what stays unread: one call for each member, whatever the
 * number of messages. Without such a member it does nothing. It stores the seq up to which all were told.
 */
export class Notifications {
  readonly #store: NotifyStore;
  readonly #effects: NotificationEffects;
  readonly #wanting: Set<string>;
  #pass: Pass | undefined;

  constructor(store: NotifyStore, effects: NotificationEffects) {
    this.#store = store;
    this.#effects = effects;
    this.#wanting = new Set(store.wanting());
  }

  /** A member wants pushes from now on, or none any more. */
  setWanting(userId: string, wants: boolean): void {
    this.#setWanting(userId, wants, this.#effects.clock());
  }

  /** A member's Inbox, called about what is new, has answered whether it wants pushes. What it was called about is one. */
  answered(userId: string, wants: boolean): void {
    this.#setWanting(userId, wants, this.#effects.clock() - ANSWERED_LATE_MS);
  }

  /** What was sent until `since`, ms UTC, is not pushed to the first who wants pushes. */
  #setWanting(userId: string, wants: boolean, since: number): void {
    if (this.#wanting.has(userId) === wants) return;
    this.#store.setWanting(userId, wants);
    const isFirst = wants && this.#wanting.size === 0;
    if (wants) this.#wanting.add(userId);
    else this.#wanting.delete(userId);
    if (isFirst) this.#startAfter(since);
  }

  #startAfter(since: number): void {
    const { newestUntil, schedule } = this.#effects;
    this.#store.setNotifiedSeq(Math.max(this.#store.notifiedSeq(), newestUntil(since)));
    const at = this.#nextAt();
    if (at !== undefined) schedule(at);
  }

  /** A message was written. */
  written(): void {
    if (this.#wanting.size === 0) return;
    this.#effects.schedule(this.#effects.clock() + this.#effects.afterMs);
  }

  /** An edit of the message at `seq` mentions these users for the first time. */
  mentioned(userIds: readonly string[], seq: number): void {
    const dueAt = this.#effects.clock() + this.#effects.afterMs;
    for (const userId of userIds) {
      if (!this.#wanting.has(userId)) continue;
      this.#store.putPending({ userId, seq, dueAt, tries: 0 });
      this.#effects.schedule(dueAt);
    }
  }

  /** Notifies the members whose time has come. Returns when to run again, ms UTC; undefined if nothing is left. */
  async run(): Promise<number | undefined> {
    if (this.#wanting.size > 0) await this.#goOn();
    await this.#retry();
    return this.#nextAt();
  }

  /** Tells the next members of what became due. */
  async #goOn(): Promise<void> {
    this.#pass ??= this.#begin();
    const pass = this.#pass;
    const asked: [string, MessageNotification][] = [];
    while (asked.length < OBJECTS_AT_ONCE) {
      const userId = pass.left.shift();
      if (userId === undefined) break;
      const unread = this.#unread(userId, pass);
      if (unread) asked.push([userId, unread]);
    }
    await Promise.all(
      asked.map(([userId, unread]) =>
        this.#notify({ userId, seq: unread.seq, dueAt: 0, tries: 0 }, unread),
      ),
    );
    if (pass.left.length > 0) return;
    if (pass.upTo > pass.after) this.#store.setNotifiedSeq(pass.upTo);
    this.#pass = undefined;
  }

  #begin(): Pass {
    const { clock, afterMs, newestUntil } = this.#effects;
    const after = this.#store.notifiedSeq();
    const upTo = Math.max(after, newestUntil(clock() - afterMs));
    return { after, upTo, left: upTo > after ? [...this.#wanting] : [] };
  }

  async #retry(): Promise<void> {
    const due = this.#store.duePending(this.#effects.clock(), OBJECTS_AT_ONCE);
    await Promise.all(
      due.map(async (pending) => {
        const { userId, seq } = pending;
        const unread = this.#unread(userId, { after: seq - 1, upTo: seq });
        if (!unread || (await this.#notify(pending, unread))) this.#store.removePending(pending);
      }),
    );
  }

  #unread(userId: string, range: { after: number; upTo: number }): MessageNotification | undefined {
    if (!this.#wanting.has(userId) || this.#effects.isActive(userId)) return undefined;
    return this.#effects.unread(userId, range);
  }

  /** Whether the Inbox has it. If not, it is called again later, some times. */
  async #notify(pending: PendingNotification, unread: MessageNotification): Promise<boolean> {
    const { userId, tries } = pending;
    try {
      const notified = this.#effects.notify(userId, unread);
      const { wantsPushes } = await within(ANSWER_WITHIN_MS, notified);
      if (wantsPushes === false) this.setWanting(userId, false);
      return true;
    } catch (error) {
      const { groupId, clock } = this.#effects;
      console.warn(
        JSON.stringify({ event: 'notify_failed', groupId, tries, error: String(error) }),
      );
      if (tries >= MOST_TRIES) return true;
      const dueAt = clock() + RETRY_MS * 2 ** tries;
      this.#store.putPending({ ...pending, dueAt, tries: tries + 1 });
      return false;
    }
  }

  #nextAt(): number | undefined {
    if (this.#pass) return this.#effects.clock();
    const sentAt =
      this.#wanting.size === 0
        ? undefined
        : this.#effects.firstSentAfter(this.#store.notifiedSeq());
    const times = [
      this.#store.nextPendingAt(),
      sentAt === undefined ? undefined : sentAt + this.#effects.afterMs,
    ].filter((at) => at !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
