import { vapidKeys } from './steps/vapid-keys.ts';

// `npm run vapid` prints a new pair of keys for Web Push, and how to set it (docs/deploy.md). It stores nothing.

const { publicKey, privateKey } = await vapidKeys();
console.info(`VAPID_PUBLIC_KEY   ${publicKey}
VAPID_PRIVATE_KEY  ${privateKey}

For a deployment, set each as a secret and enter its value when asked:

  npx wrangler secret put VAPID_PUBLIC_KEY
  npx wrangler secret put VAPID_PRIVATE_KEY
  npx wrangler secret put VAPID_SUBJECT       # mailto:you@example.com, whom push services write to

On your own machine:

  VAPID_PUBLIC_KEY=${publicKey} VAPID_PRIVATE_KEY=${privateKey} VAPID_SUBJECT=mailto:you@example.com npm start

Keep the keys: with other ones, every browser must turn notifications on again.`);
