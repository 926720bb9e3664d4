import type { Env } from '../env.ts';

/** The deployment's own keys, with which push services know it (RFC 8292). Keys are in base64url, as `npm run vapid` prints them. */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
  /** Whom a push service writes to if something is wrong: `mailto:…` or `https://…`. */
  subject: string;
}

/** An uncompressed point on P-256 (65 bytes) and a private key (32 bytes), in base64url without padding. */
const PUBLIC_KEY = /^[\w-]{87}$/;
const PRIVATE_KEY = /^[\w-]{43}$/;
const SUBJECT = /^(mailto:.+@.+|https:\/\/.+)$/;

/** The keys of the deployment; undefined if it has none, or not all of them in the right form: then it sends no pushes. */
export function vapidFromEnv(
  env: Pick<Env, 'VAPID_PUBLIC_KEY' | 'VAPID_PRIVATE_KEY' | 'VAPID_SUBJECT'>,
): VapidKeys | undefined {
  const {
    VAPID_PUBLIC_KEY: publicKey = '',
    VAPID_PRIVATE_KEY: privateKey = '',
    VAPID_SUBJECT: subject = '',
  } = env;
  const isComplete =
    PUBLIC_KEY.test(publicKey) && PRIVATE_KEY.test(privateKey) && SUBJECT.test(subject);
  return isComplete ? { publicKey, privateKey, subject } : undefined;
}
