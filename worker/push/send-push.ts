import { buildPushPayload } from '@block65/webcrypto-web-push';
import type { PushPayload, PushSubscription } from '../../protocol/push.ts';
import type { VapidKeys } from './vapid-from-env.ts';

/** What a push service answered. `detail` is a sentence for people. */
export type PushOutcome =
  | { state: 'delivered' }
  /** The browser has ended this subscription. It never works again. */
  | { state: 'gone' }
  | { state: 'failed'; detail: string; retryAfterMs?: number };

/** How a push service handles a push (RFC 8030). */
export interface PushHandling {
  /** How long it keeps the push for a browser that is not connected, s. */
  ttlS: number;
  /** `high` wakes a phone that saves power. */
  urgency: 'normal' | 'high';
  /** A later push of the same topic replaces one that it still keeps: up to 32 characters of base64url. */
  topic?: string;
}

const ANSWERS_WITHIN_MS = 10_000;
/** The subscription has expired or was ended (RFC 8030, 7.3). */
const GONE = [404, 410];

/** Encrypts a payload for one browser (RFC 8291) and sends it to the browser's push service. Never throws. */
export async function sendPush(
  subscription: PushSubscription,
  payload: PushPayload,
  { ttlS, urgency, topic }: PushHandling,
  vapid: VapidKeys,
): Promise<PushOutcome> {
  try {
    const { method, headers, body } = await buildPushPayload(
      {
        data: JSON.stringify(payload),
        options: { ttl: ttlS, urgency, ...(topic !== undefined && { topic }) },
      },
      { ...subscription, expirationTime: null },
      vapid,
    );
    const response = await fetch(subscription.endpoint, {
      method: method.toUpperCase(),
      headers,
      body,
      // A push service does not redirect, and where it would lead was not checked.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    await response.body?.cancel();
    return outcomeOf(response);
  } catch (error) {
    console.warn(JSON.stringify({ event: 'push_failed', error: String(error) }));
    return { state: 'failed', detail: 'The push service of this browser did not answer.' };
  }
}

function outcomeOf({ ok, status, headers }: Response): PushOutcome {
  if (ok) return { state: 'delivered' };
  if (GONE.includes(status)) return { state: 'gone' };
  console.warn(JSON.stringify({ event: 'push_failed', status }));
  const retryAfterS = Number(headers.get('Retry-After') ?? Number.NaN);
  return {
    state: 'failed',
    detail: `The push service of this browser refused the push (HTTP ${status}).`,
    ...(Number.isFinite(retryAfterS) && { retryAfterMs: retryAfterS * 1_000 }),
  };
}
