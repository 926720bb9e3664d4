import { encodeBase64Url } from 'hono/utils/encode';
import { fail, ok, type Result } from '../../protocol/errors.ts';
import { isSettled, type MessageNotification } from '../../protocol/notifications.ts';
import type { PushHealth, PushSubscription } from '../../protocol/push.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { Clock } from '../clock.ts';
import type { PushOutcome } from '../push/send-push.ts';
import type { ObjectSql } from '../sql.ts';
import { type PushEffects, Pushes } from './pushes.ts';
import { PushStore } from './rows/push-store.ts';
import { type StoredSubscription, SubscriptionStore } from './rows/subscription-store.ts';

/** What notifications need from the Inbox around them. */
export interface NotificationEffects extends Pick<PushEffects, 'isActive'> {
  clock: Clock;
  /** False while the user has do-not-disturb on. */
  mayBeDisturbed(): boolean;
  /** Undefined if the deployment sends no pushes. */
  send: PushEffects['send'] | undefined;
  /** Shows a notification on the open pages of the user. */
  show(notification: MessageNotification): void;
  /** Runs `run` at this time, ms UTC. */
  wakeAt(at: number): void;
  /** The user wants pushes now, or does not any more. */
  wantsChanged(): void;
}

/** Notifies the user of messages: on their open pages, and by push while they are active on none. */
export class Notifications {
  readonly #effects: NotificationEffects;
  readonly #subscriptions: SubscriptionStore;
  readonly #store: PushStore;
  readonly #pushes: Pushes | undefined;

  constructor(sql: ObjectSql, effects: NotificationEffects) {
    this.#effects = effects;
    this.#subscriptions = new SubscriptionStore(sql);
    this.#store = new PushStore(sql);
    const { clock, send, wantsChanged } = effects;
    // Do-not-disturb may have begun since the push was stored.
    const isActive = () => effects.isActive() || !effects.mayBeDisturbed();
    this.#pushes =
      send &&
      new Pushes(this.#store, this.#subscriptions, { clock, isActive, send, ended: wantsChanged });
  }

  /** Whether Rooms should notify this Inbox of what stays unread. */
  wantsPushes(): boolean {
    return this.#pushes !== undefined && this.#subscriptions.all().length > 0;
  }

  /** A message has just been written. */
  written(notification: MessageNotification): void {
    if (this.#mayDisturb('page')) this.#effects.show(notification);
  }

  /** A message has been unread for a while. Before `notBefore`, ms UTC, a client that has just left may come back. */
  stillUnread(notification: MessageNotification, notBefore: number): void {
    if (!this.#mayDisturb('push')) return;
    const now = this.#effects.clock();
    const dueAt = Math.max(now, notBefore);
    this.#store.add(notification, now, dueAt);
    this.#effects.wakeAt(dueAt);
  }

  /** Whether the user may be told now in this way. All that could forbid it is asked here. */
  #mayDisturb(way: 'page' | 'push'): boolean {
    if (!this.#effects.mayBeDisturbed()) return false;
    return way === 'page' || (this.wantsPushes() && !this.#effects.isActive());
  }

  /** A Room sent the entry of a group. What is read needs no push, and its notifications are closed with the next one. */
  entryChanged(entry: InboxEntry): void {
    this.#store.settle(entry.group.id, (notification) => isSettled(notification, entry));
  }

  /** Sends the pushes that are due. Returns when to run again, ms UTC; undefined if nothing is left. */
  async run(): Promise<number | undefined> {
    return this.#pushes?.run();
  }

  // Subscriptions

  async subscribe(subscription: PushSubscription, sessionId: string): Promise<Result<PushHealth>> {
    if (!this.#pushes) return fail('unavailable', 'Push is not set up on this server.');
    const wanted = this.wantsPushes();
    const digest = await crypto.subtle.digest(
      'SHA-256',
      new TextEncoder().encode(subscription.endpoint),
    );
    const stored: StoredSubscription = {
      ...subscription,
      id: encodeBase64Url(digest).replace(/=+$/, ''),
    };
    this.#subscriptions.put(stored, sessionId, this.#effects.clock());
    if (!wanted) this.#effects.wantsChanged();
    return this.health(stored.id);
  }

  /** `not_found` for a subscription that this user has not, or that the browser has ended. */
  health(id: string): Result<PushHealth> {
    const health = this.#subscriptions.health(id);
    return health ? ok(health) : noSuchSubscription();
  }

  unsubscribe(id: string): Result<null> {
    this.#removing(() => this.#subscriptions.remove(id));
    return ok(null);
  }

  /** A session has ended or, without `sessionId`, all of them: their browsers get nothing more. */
  sessionEnded(sessionId?: string): void {
    this.#removing(() => this.#subscriptions.removeOf(sessionId));
  }

  /** Sends a push that says that pushes work. `not_found` as for `health`; `unavailable` with the reason if it failed. */
  async test(id: string): Promise<Result<PushHealth>> {
    const outcome: PushOutcome | undefined = await this.#pushes?.test(id);
    if (outcome?.state === 'failed') return fail('unavailable', outcome.detail);
    return this.health(id);
  }

  #removing(remove: () => void): void {
    const wanted = this.wantsPushes();
    remove();
    if (wanted && !this.wantsPushes()) this.#effects.wantsChanged();
  }
}

function noSuchSubscription() {
  const detail = 'Notifications of this browser have ended. Turn them on again.';
  return fail('not_found', detail);
}
