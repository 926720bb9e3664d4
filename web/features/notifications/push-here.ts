import { fail, type Result } from '../../../protocol/errors.ts';
import { type PushHealth, PushSubscription } from '../../../protocol/push.ts';
import { deleteSubscription, fetchPushConfig, putSubscription } from '../../api/push.ts';
import type { Caller } from '../../api/request.ts';
import { activeRegistration } from './registration.ts';

/**
 * Subscribes this browser to pushes, or renews its subscription: the server may have lost it, and the browser may have
 * another one. Fails with a sentence that says what is missing.
 */
export async function subscribeHere(caller: Caller): Promise<Result<PushHealth>> {
  const registration = await activeRegistration();
  if (!registration || !('PushManager' in window)) {
    return fail('unavailable', 'This browser window cannot receive anything while it is closed.');
  }
  const config = await fetchPushConfig(caller);
  if (!config.ok) return config;
  const { vapidPublicKey } = config.value;
  if (vapidPublicKey === undefined) {
    return fail('unavailable', 'This server sends nothing while Edgewise is closed.');
  }
  try {
    const subscription = await subscribe(registration.pushManager, vapidPublicKey);
    return await putSubscription(caller, PushSubscription.parse(subscription.toJSON()));
  } catch {
    return fail('unavailable', 'The push service of this browser cannot be reached.');
  }
}

/** The subscription for this key. One for another key is ended: a browser has only one at a time. */
async function subscribe(pushManager: PushManager, key: string) {
  const existing = await pushManager.getSubscription();
  const existingKey = existing?.options.applicationServerKey;
  if (existing && existingKey && base64Url(existingKey) === key) return existing;
  await existing?.unsubscribe();
  return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function base64Url(bytes: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Ends the pushes to this browser: at its push service first, so that none comes even if the server cannot be reached. */
export async function unsubscribeHere(caller: Caller, id: string | undefined): Promise<void> {
  await endPushesHere();
  if (id !== undefined) await deleteSubscription(caller, id);
}

/** Ends the subscription of this browser at its push service, which the server learns with its next push. */
export async function endPushesHere(): Promise<void> {
  const registration = await activeRegistration();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
