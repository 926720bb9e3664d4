import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

/** The host of the instance's Frontend API; no request ever reaches it. */
const FRONTEND_API = 'clerk.edgewise.test';

/** Clerk's category of a session token, in its header. */
const SESSION_TOKEN = 'cl_B7d4PD111AAA';

/** What differs from a token of Clerk. `undefined` removes a claim or header. */
export interface TokenOptions {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** Signs instead of the instance's own key: another private key, a secret for HS256, or nothing at all. */
  signedWith?: KeyObject | string | null;
}

/** A Clerk instance whose keys the test has: it signs tokens and webhooks as a real one does. */
export interface ClerkInstance {
  publicKey: string;
  issuer: string;
  /** The Worker vars that trust this instance, for pages of `origin`. */
  vars(origin: string): Record<string, string>;
  /** A session token of `userId` for pages of `origin`. */
  token(userId: string, origin: string, options?: TokenOptions): string;
  /** A signed webhook request, to be sent to `/api/webhooks/clerk`. */
  webhook(type: string, data: unknown, options?: WebhookOptions): RequestInit;
}

/** What differs from a webhook of Clerk. */
export interface WebhookOptions {
  id?: string;
  /** Seconds. */
  timestamp?: number;
  secret?: string;
}

/** Creates an instance with its own keys. */
export function clerkInstance(): ClerkInstance {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const issuer = `https://${FRONTEND_API}`;
  const webhookSecret = newWebhookSecret();

  return {
    publicKey: pem,
    issuer,
    vars: (origin) => ({
      CLERK_PUBLISHABLE_KEY: `pk_live_${btoa(`${FRONTEND_API}$`)}`,
      CLERK_JWT_KEY: pem,
      CLERK_SECRET_KEY: 'sk_live_never_sent_anywhere',
      CLERK_WEBHOOK_SIGNING_SECRET: webhookSecret,
      CLERK_AUTHORIZED_PARTIES: origin,
    }),
    token(userId, origin, { claims = {}, header = {}, signedWith = privateKey } = {}) {
      const now = nowInSeconds();
      const head = { alg: 'RS256', typ: 'JWT', kid: 'ins_test', cat: SESSION_TOKEN, ...header };
      const body = {
        azp: origin,
        exp: now + 60,
        iat: now,
        iss: issuer,
        nbf: now - 10,
        sid: `sess_of_${userId}`,
        sts: 'active',
        sub: userId,
        v: 2,
        ...claims,
      };
      const signed = `${encode(head)}.${encode(body)}`;
      return `${signed}.${signature(signed, head.alg, signedWith)}`;
    },
    webhook(type, data, options = {}) {
      const { id = `msg_${randomUUID()}`, timestamp = nowInSeconds() } = options;
      const { secret = webhookSecret } = options;
      const body = JSON.stringify({ type, object: 'event', data, timestamp: Date.now() });
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'svix-id': id,
        'svix-timestamp': String(timestamp),
        'svix-signature': `v1,${mac}`,
      };
      return { method: 'POST', headers, body };
    },
  };
}

/** A signing secret in Svix's form. */
export function newWebhookSecret(): string {
  return `whsec_${btoa(randomUUID())}`;
}

/** The clock of tokens and webhooks. */
export function nowInSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(signed: string, alg: string, key: KeyObject | string | null): string {
  if (key === null) return '';
  if (typeof key === 'string') return createHmac('sha256', key).update(signed).digest('base64url');
  const digest = alg === 'RS512' ? 'sha512' : 'sha256';
  return sign(digest, Buffer.from(signed), key).toString('base64url');
}
