import * as z from 'zod/mini';
import { UserId } from '../../protocol/ids.ts';
import { FILES_COOKIE_MS } from '../../protocol/limits.ts';
import type { Identity } from '../auth/identity.ts';

/** The cookie with which a browser fetches media: `<img>` and `<video>` cannot send a bearer token. */
export const FILES_COOKIE = 'edgewise_files';

/** What the cookie says: the user, their session, and when it ends, ms UTC. */
const Content = z.object({ userId: UserId, sessionId: z.string(), endsAt: z.int() });
const INFO = new TextEncoder().encode('edgewise_files');
const ENCODER = new TextEncoder();

/** Signs the value of the cookie for this session. `secret` is the deployment's own (CLERK_SECRET_KEY). */
export async function sealCookie(
  secret: string,
  identity: Identity,
  now: number,
): Promise<{ value: string; endsAt: number }> {
  const endsAt = now + FILES_COOKIE_MS;
  const content = ENCODER.encode(JSON.stringify({ ...identity, endsAt }));
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), content);
  return { value: `${encode(content)}.${encode(new Uint8Array(signature))}`, endsAt };
}

/** The session of a cookie's value; undefined if it was not signed here or has ended. */
export async function openCookie(
  secret: string,
  value: string,
  now: number,
): Promise<Identity | undefined> {
  const [content, signature] = value.split('.', 2).map(decode);
  if (!content || !signature) return undefined;
  if (!(await crypto.subtle.verify('HMAC', await keyOf(secret), signature, content))) {
    return undefined;
  }
  const parsed = Content.safeParse(JSON.parse(new TextDecoder().decode(content)));
  if (!parsed.success || parsed.data.endsAt <= now) return undefined;
  const { userId, sessionId } = parsed.data;
  return { userId, sessionId };
}

/** A key of its own (HKDF, RFC 5869), so that nothing signed for another purpose with this secret is a cookie. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', ENCODER.encode(secret), 'HKDF', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: INFO },
    base,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  );
}

function encode(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  } catch {
    return undefined;
  }
}
