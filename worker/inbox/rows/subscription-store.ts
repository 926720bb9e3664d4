import { PUSH_SUBSCRIPTIONS } from '../../../protocol/limits.ts';
import type { PushHealth, PushSubscription } from '../../../protocol/push.ts';
import type { ObjectSql } from '../../sql.ts';

/** A push subscription of one of the user's browsers. */
export type StoredSubscription = PushSubscription & { id: string };

type SubscriptionRow = {
  id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  delivered_at: number | null;
  failure: string | null;
};

/** The push subscriptions of the user's browsers, each with the session in which it was last renewed. */
export class SubscriptionStore {
  readonly #sql: ObjectSql;

  constructor(sql: ObjectSql) {
    this.#sql = sql;
  }

  all(): StoredSubscription[] {
    return this.#rows('SELECT * FROM push_subscriptions ORDER BY id').map(subscriptionOf);
  }

  find(id: string): StoredSubscription | undefined {
    const [row] = this.#rows('SELECT * FROM push_subscriptions WHERE id = ?', id);
    return row && subscriptionOf(row);
  }

  health(id: string): PushHealth | undefined {
    const [row] = this.#rows('SELECT * FROM push_subscriptions WHERE id = ?', id);
    if (!row) return undefined;
    return {
      id,
      ...(row.delivered_at !== null && { deliveredAt: row.delivered_at }),
      ...(row.failure !== null && { failure: row.failure }),
    };
  }

  /** Adds or renews a subscription. Above the limit the one that was renewed longest ago goes. */
  put(subscription: StoredSubscription, sessionId: string, now: number): void {
    const { id, endpoint, keys } = subscription;
    this.#sql.exec(
      `INSERT INTO push_subscriptions (id, endpoint, p256dh, auth, session_id, renewed_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth,
         session_id = excluded.session_id, renewed_at = excluded.renewed_at`,
      id,
      endpoint,
      keys.p256dh,
      keys.auth,
      sessionId,
      now,
    );
    this.#sql.exec(
      `DELETE FROM push_subscriptions WHERE id IN
         (SELECT id FROM push_subscriptions ORDER BY renewed_at DESC, id LIMIT -1 OFFSET ${PUSH_SUBSCRIPTIONS})`,
    );
  }

  setDelivered(id: string, at: number): void {
    this.#sql.exec(
      'UPDATE push_subscriptions SET delivered_at = ?, failure = NULL WHERE id = ?',
      at,
      id,
    );
  }

  setFailure(id: string, failure: string): void {
    this.#sql.exec('UPDATE push_subscriptions SET failure = ? WHERE id = ?', failure, id);
  }

  remove(id: string): void {
    this.#sql.exec('DELETE FROM push_subscriptions WHERE id = ?', id);
  }

  /** Removes the subscriptions of a session that has ended or, without `sessionId`, all. */
  removeOf(sessionId?: string): void {
    if (sessionId === undefined) this.#sql.exec('DELETE FROM push_subscriptions');
    else this.#sql.exec('DELETE FROM push_subscriptions WHERE session_id = ?', sessionId);
  }

  #rows(query: string, ...bindings: string[]): SubscriptionRow[] {
    return this.#sql.exec<SubscriptionRow>(query, ...bindings).toArray();
  }
}

function subscriptionOf({ id, endpoint, p256dh, auth }: SubscriptionRow): StoredSubscription {
  return { id, endpoint, keys: { p256dh, auth } };
}
