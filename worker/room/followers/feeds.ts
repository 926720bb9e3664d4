import type { Clock } from '../../clock.ts';
import { OBJECTS_AT_ONCE } from '../../in-chunks.ts';
import type { Received } from '../../inbox/inbox-rpc.ts';
import { within } from '../../within.ts';

/** An Inbox gets at most one call in this time from a Room. */
const EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;
/** How long an answer waits for a call, so that a list which is read right afterwards is correct. */
const CALLED_WITHIN_MS = 3_000;
/** The delay after a failure: doubling to this. What an eviction loses heals when the user's next client connects. */
const RETRY_MOST_MS = 10_000;

/** What feeds need from the Room around them. */
export interface FeedEffects {
  clock: Clock;
  groupId: string;
  /** The members whose Inbox may have a listener. */
  fed(): readonly string[];
  isMember(userId: string): boolean;
  /** Sends what the user's list has of the group now to their Inbox. */
  send(userId: string): Promise<Received>;
  /** Stores that the user's Inbox has no listener, or that it has one again. */
  setFed(userId: string, isFed: boolean): void;
  after(ms: number, run: () => void): void;
}

/**
 * The follower that tells the members' Inboxes what is new: the current entry, never what led to it, so that a lost or
 * repeated call does no harm. An Inbox without a listener is not called again until it subscribes.
 */
export class Feeds {
  readonly #effects: FeedEffects;
  readonly #fed: Set<string>;
  /** The users whose entry has changed since their Inbox was last called, longest waiting first. */
  readonly #waiting = new Set<string>();
  /** When each Inbox was last called, the earliest first. Entries older than `EVERY_MS` are dropped. */
  readonly #calledAt = new Map<string, number>();
  /** How often each user's Inbox has subscribed: a subscription outlives an older answer that there is no listener. */
  readonly #subscriptions = new Map<string, number>();
  /** Those who wait until a user's Inbox was called with the entry as it is now. */
  readonly #calls = new Map<string, PromiseWithResolvers<void>>();
  #failures = 0;
  #isScheduled = false;

  constructor(effects: FeedEffects) {
    this.#effects = effects;
    this.#fed = new Set(effects.fed());
  }

  /** The entries of all members have changed, or that of one user. */
  changed(userId?: string): void {
    if (userId === undefined) for (const each of this.#fed) this.#waiting.add(each);
    else if (this.#fed.has(userId)) this.#waiting.add(userId);
    this.#schedule();
  }

  /**
   * Settles when the user's Inbox was called with the entry as it is now, at the latest after 3 s. At once if the Inbox has
   * no listener: it asks for the entry itself.
   */
  async called(userId: string): Promise<void> {
    if (!this.#waiting.has(userId)) return;
    const call = this.#calls.get(userId) ?? Promise.withResolvers<void>();
    this.#calls.set(userId, call);
    await within(CALLED_WITHIN_MS, call.promise).catch(() => undefined);
  }

  /** A user became a member, or is none any more. Their Inbox learns it, whether or not it listened. */
  membershipChanged(userId: string, isMember: boolean): void {
    if (isMember) this.#fed.add(userId);
    this.#waiting.add(userId);
    this.#schedule();
  }

  /** The user's Inbox has asked for the entry, and wants to learn of changes. Returns whether it did not before. */
  subscribed(userId: string): boolean {
    this.#subscriptions.set(userId, this.#subscriptionsOf(userId) + 1);
    if (this.#fed.has(userId)) return false;
    this.#fed.add(userId);
    this.#effects.setFed(userId, true);
    return true;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.size === 0) return;
    this.#isScheduled = true;
    this.#effects.after(this.#delayMs(), () => void this.#run());
  }

  /** How long until an Inbox may be called: at once, unless all that wait were called lately or calls failed. */
  #delayMs(): number {
    const now = this.#effects.clock();
    for (const [userId, at] of this.#calledAt) {
      if (now - at < EVERY_MS) break;
      this.#calledAt.delete(userId);
    }
    if (this.#failures > 0) return Math.min(EVERY_MS * 2 ** this.#failures, RETRY_MOST_MS);
    const isDue = [...this.#waiting].some((userId) => !this.#calledAt.has(userId));
    const [earliest = now] = this.#calledAt.values();
    return isDue ? 0 : earliest + EVERY_MS - now;
  }

  async #run(): Promise<void> {
    const due = [...this.#waiting]
      .filter((userId) => !this.#calledAt.has(userId))
      .slice(0, OBJECTS_AT_ONCE);
    for (const userId of due) {
      this.#waiting.delete(userId);
      // Removed and inserted again: the map stays ordered by the last call.
      this.#calledAt.delete(userId);
      this.#calledAt.set(userId, this.#effects.clock());
    }
    const calls = due.flatMap((userId) => this.#calls.get(userId) ?? []);
    for (const userId of due) this.#calls.delete(userId);
    const results = await Promise.allSettled(due.map((userId) => this.#call(userId)));
    for (const call of calls) call.resolve();
    const failed = due.filter((_, index) => results[index]?.status === 'rejected');
    for (const userId of failed) this.#waiting.add(userId);
    this.#failures = failed.length === 0 ? 0 : this.#failures + 1;
    const [first] = results.filter((result) => result.status === 'rejected');
    if (first) this.#log(failed.length, first.reason);
    this.#isScheduled = false;
    this.#schedule();
  }

  async #call(userId: string): Promise<void> {
    const { isMember, send, setFed } = this.#effects;
    const subscriptions = this.#subscriptionsOf(userId);
    const wasMember = isMember(userId);
    const { isListening } = await within(ANSWER_WITHIN_MS, send(userId));
    if (wasMember && isListening) return;
    if (this.#subscriptionsOf(userId) !== subscriptions || !this.#fed.delete(userId)) return;
    setFed(userId, false);
  }

  #subscriptionsOf(userId: string): number {
    return this.#subscriptions.get(userId) ?? 0;
  }

  #log(users: number, error: unknown): void {
    const { groupId } = this.#effects;
    console.warn(
      JSON.stringify({
        event: 'feed_failed',
        groupId,
        users,
        failures: this.#failures,
        error: String(error),
      }),
    );
  }
}
