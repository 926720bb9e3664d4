import { describe, expect, it } from 'vitest';
import { isSettled } from '../../../protocol/notifications.ts';
import { vapidKeys } from '../../../scripts/steps/vapid-keys.ts';
import { isPushService } from '../../../worker/push/is-push-service.ts';
import { vapidFromEnv } from '../../../worker/push/vapid-from-env.ts';

describe('an endpoint', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://wns2-am3p.notify.windows.com/w/?token=abc', true],
    ['https://web.push.apple.com/abc', true],
    ['https://push.example/abc', true],
    ['https://sub.push.example/abc', true],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/abc', false],
    ['https://user:word@fcm.googleapis.com/abc', false],
    ['https://fcm.googleapis.com.evil.example/abc', false],
    ['https://evilpush.apple.com/abc', false],
    ['https://example/abc', false],
    ['https://localhost/abc', false],
    ['https://127.0.0.1/abc', false],
    ['https://[::1]/abc', false],
    ['https://10.0.0.1/abc', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['nothing', false],
  ])('%s of a push service: %s', (endpoint, isOne) => {
    expect(isPushService(endpoint, ' push.example, ')).toBe(isOne);
  });
});

describe('the keys of a deployment', () => {
  it('are those that `npm run vapid` makes, with a subject, and none if one is missing or wrong', async () => {
    const { publicKey, privateKey } = await vapidKeys();
    const env = {
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: 'mailto:ops@example.com',
    };
    expect(vapidFromEnv(env)).toEqual({ publicKey, privateKey, subject: env.VAPID_SUBJECT });
    expect(vapidFromEnv({})).toBeUndefined();
    for (const name of ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'] as const) {
      expect(vapidFromEnv({ ...env, [name]: '' })).toBeUndefined();
      expect(vapidFromEnv({ ...env, [name]: 'wrong' })).toBeUndefined();
    }
  });
});

describe('a notification is settled', () => {
  const thread = [{ parentId: 'root', unread: 1 }];
  it.each([
    ['unread', { seq: 5 }, { readSeq: 4, unread: 1, threads: thread }, false],
    ['read', { seq: 5 }, { readSeq: 5, unread: 3, threads: thread }, true],
    ['deleted', { seq: 5 }, { readSeq: 4, unread: 0, threads: [] }, true],
    ['reply', { seq: 5, parentId: 'root' }, { readSeq: 9, unread: 0, threads: thread }, false],
    ['read reply', { seq: 5, parentId: 'root' }, { readSeq: 4, unread: 1, threads: [] }, true],
  ])('%s', (_, shown, entry, expected) => {
    expect(isSettled(shown, entry)).toBe(expected);
  });
});
