import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { Response } from 'miniflare';
import * as z from 'zod/mini';
import { PushPayload, type PushSubscription } from '../../protocol/push.ts';
import { vapidKeys } from '../../scripts/steps/vapid-keys.ts';

/** The host of the push service. Requests of the Worker to it never leave this machine. */
export const PUSH_HOST = 'push.example';

/** A push as the browser got it. */
export interface ReceivedPush {
  payload: PushPayload;
  ttl: number;
  urgency: string | null;
  topic: string | null;
}

/** A browser that has subscribed at the push service. */
export interface PushedBrowser {
  subscription: PushSubscription;
  /** What it received, in order. */
  pushes: ReceivedPush[];
  /** The messages among them, by their text. */
  bodies(): string[];
  /** What the push service answers from now on. */
  answerWith(status: number): void;
  /** The statuses that the service has answered so far. */
  answered: number[];
}

/** A push service with its browsers: verifies who sends a push, and decrypts it as the browser would. */
export interface PushService {
  /** The vars of an Edgewise that sends to it. */
  vars: Record<string, string>;
  /** Answers the requests of the Worker to other servers. */
  fetch(request: Request): Promise<Response>;
  browser(): PushedBrowser;
}

const SUBJECT = 'mailto:ops@example.com';
const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });
const Header = z.object({ typ: z.literal('JWT'), alg: z.literal('ES256') });

interface Keys {
  ecdh: ECDH;
  auth: Buffer;
}

/** Starts a push service for an Edgewise with new keys. `afterMs`: how long a message must be unread there. */
export async function startPushService(afterMs: number): Promise<PushService> {
  const { publicKey, privateKey } = await vapidKeys();
  const browsers = new Map<string, PushedBrowser & { keys: Keys; status: number }>();
  return {
    vars: {
      PUSH_AFTER_MS: String(afterMs),
      PUSH_SERVICES: PUSH_HOST,
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: SUBJECT,
    },
    async fetch(request) {
      const browser = browsers.get(request.url);
      if (!browser || request.method !== 'POST') return new Response(null, { status: 404 });
      browser.answered.push(browser.status);
      if (browser.status >= 300) return new Response(null, { status: browser.status });
      verifyVapid(request.headers.get('authorization') ?? '', publicKey);
      const body = Buffer.from(await request.arrayBuffer());
      browser.pushes.push({
        payload: PushPayload.parse(JSON.parse(decrypt(body, browser.keys))),
        ttl: Number(request.headers.get('ttl')),
        urgency: request.headers.get('urgency'),
        topic: request.headers.get('topic'),
      });
      return new Response(null, { status: 201 });
    },
    browser() {
      const keys = { ecdh: createECDH('prime256v1'), auth: randomBytes(16) };
      const p256dh = keys.ecdh.generateKeys().toString('base64url');
      const endpoint = `https://${PUSH_HOST}/${crypto.randomUUID()}`;
      const browser = {
        subscription: { endpoint, keys: { p256dh, auth: keys.auth.toString('base64url') } },
        pushes: [] as ReceivedPush[],
        answered: [] as number[],
        status: 201,
        keys,
        bodies: () =>
          browser.pushes.flatMap(({ payload }) =>
            payload.type === 'message' ? payload.notification.body : [],
          ),
        answerWith: (status: number) => {
          browser.status = status;
        },
      };
      browsers.set(endpoint, browser);
      return browser;
    },
  };
}

/** Decrypts the one record of a push (RFC 8188 with the keys of RFC 8291). Throws if it is not for this browser. */
function decrypt(body: Buffer, { ecdh, auth }: Keys): string {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const record = body.subarray(21 + keyLength);
  if (body.length > 4_096 || record.length > body.readUInt32BE(16)) throw new Error('too long');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const ikm = hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32);
  const derive = (name: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(ikm), salt, `Content-Encoding: ${name}\0`, bytes));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || !padded.subarray(end + 1).equals(Buffer.alloc(padded.length - end - 1)))
    throw new Error('no end');
  return padded.subarray(0, end).toString('utf8');
}

/** Verifies the token that says who sends a push (RFC 8292). Throws unless it is signed with the deployment's key. */
function verifyVapid(authorization: string, publicKey: string): void {
  const { t = '', k } = /^vapid t=(?<t>[\w.-]+), k=(?<k>[\w-]+)$/.exec(authorization)?.groups ?? {};
  if (k !== publicKey) throw new Error('signed with another key');
  const [header = '', claims = '', signature = ''] = t.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signed = Buffer.from(`${header}.${claims}`);
  const isRight = verify(
    'sha256',
    signed,
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isRight) throw new Error('the signature is wrong');
  Header.parse(JSON.parse(Buffer.from(header, 'base64url').toString()));
  const { aud, exp, sub } = Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()));
  const isValid = aud === `https://${PUSH_HOST}` && sub === SUBJECT;
  const left = exp * 1_000 - Date.now();
  if (!isValid || left < 0 || left > 24 * 60 * 60_000) throw new Error('the claims are wrong');
}
