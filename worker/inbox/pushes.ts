import type { MessageNotification } from '../../protocol/notifications.ts';
import type { PushPayload } from '../../protocol/push.ts';
import type { Clock } from '../clock.ts';
import type { PushHandling, PushOutcome } from '../push/send-push.ts';
import type { PushStore, StoredPush } from './rows/push-store.ts';
import type { StoredSubscription, SubscriptionStore } from './rows/subscription-store.ts';

/** Conversations of one run: with 10 subscriptions they make 40 requests, and the free plan allows 50 an invocation. */
const AT_ONCE = 4;
/** A push service keeps a push this long for a device that is off. Later, the page itself shows what is new. */
const KEPT_S = 24 * 60 * 60;
/** The pause after a failure: doubling, and the push is given up when it is an hour old. */
const RETRY_MS = 30_000;
const GIVEN_UP_MS = 60 * 60_000;
/** How many conversations that were read one payload names. */
const READ_AT_ONCE = 20;

/** What pushes need from the Inbox around them. */
export interface PushEffects {
  clock: Clock;
  /** Whether the user is active at a client: then they see what is new there. */
  isActive(): boolean;
  send(
    subscription: StoredSubscription,
    payload: PushPayload,
    handling: PushHandling,
  ): Promise<PushOutcome>;
  /** The last subscription is gone. */
  ended(): void;
}

/**
 * Sends notifications to the user's browsers through their push services: at least once, in the order in which the
 * conversations became due, and again after a failure. A subscription that the browser has ended is deleted.
 */
export class Pushes {
  readonly #store: PushStore;
  readonly #subscriptions: SubscriptionStore;
  readonly #effects: PushEffects;

  constructor(store: PushStore, subscriptions: SubscriptionStore, effects: PushEffects) {
    this.#store = store;
    this.#subscriptions = subscriptions;
    this.#effects = effects;
  }

  /** Sends what is due. Returns when to run again, ms UTC; undefined if nothing is left. */
  async run(): Promise<number | undefined> {
    const { clock, isActive } = this.#effects;
    for (const push of this.#store.due(clock(), AT_ONCE)) {
      if (isActive() || clock() > push.createdAt + GIVEN_UP_MS) {
        this.#store.remove(push.notification);
      } else await this.#send(push);
    }
    return this.#store.nextAt();
  }

  /** Sends a push that says that pushes work; undefined without such a subscription. */
  async test(id: string): Promise<PushOutcome | undefined> {
    const subscription = this.#subscriptions.find(id);
    if (!subscription) return undefined;
    return this.#deliver(subscription, { type: 'test' }, { ttlS: 60, urgency: 'high' });
  }

  async #send(push: StoredPush): Promise<void> {
    const { notification } = push;
    const read = this.#store.read(READ_AT_ONCE);
    const payload = { type: 'message', notification, read } as const;
    const handling = handlingOf(notification);
    const missing = this.#subscriptions.all().filter(({ id }) => !push.sent.includes(id));
    const outcomes = await Promise.all(
      missing.map((subscription) => this.#deliver(subscription, payload, handling)),
    );
    const sent = missing.filter((_, at) => outcomes[at]?.state === 'delivered');
    const failures = outcomes.filter((outcome) => outcome.state === 'failed');
    if (sent.length > 0) this.#store.setShown(notification);
    if (failures.length === 0) {
      this.#store.removeShown(read);
      return this.#store.remove(notification);
    }
    const askedMs = Math.max(0, ...failures.map(({ retryAfterMs = 0 }) => retryAfterMs));
    this.#store.put({
      ...push,
      sent: [...push.sent, ...sent.map(({ id }) => id)],
      tries: push.tries + 1,
      dueAt: this.#effects.clock() + Math.max(RETRY_MS * 2 ** push.tries, askedMs),
    });
  }

  async #deliver(
    subscription: StoredSubscription,
    payload: PushPayload,
    handling: PushHandling,
  ): Promise<PushOutcome> {
    const { id } = subscription;
    const outcome = await this.#effects.send(subscription, payload, handling);
    if (outcome.state === 'delivered') {
      this.#subscriptions.setDelivered(id, this.#effects.clock());
    } else if (outcome.state === 'failed') {
      this.#subscriptions.setFailure(id, outcome.detail);
    } else {
      this.#subscriptions.remove(id);
      if (this.#subscriptions.all().length === 0) this.#effects.ended();
    }
    return outcome;
  }
}

function handlingOf({ groupId, reason }: MessageNotification): PushHandling {
  return {
    ttlS: KEPT_S,
    urgency: reason === 'message' ? 'normal' : 'high',
    // A topic has at most 32 characters: an id without its dashes.
    topic: groupId.replaceAll('-', ''),
  };
}
