import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authenticate } from '../../../worker/auth/authenticate.ts';
import type { ClerkConfig } from '../../../worker/auth/clerk-config.ts';
import { clerkFromEnv } from '../../../worker/auth/clerk-from-env.ts';
import { clerkInstance, nowInSeconds, type TokenOptions } from '../../support/clerk-instance.ts';

const ORIGIN = 'https://chat.example.com';
const instance = clerkInstance();
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

async function config(): Promise<ClerkConfig> {
  const found = await clerkFromEnv(instance.vars(`${ORIGIN}, https://also.example.com`));
  if (!found.ok) throw new Error('the configuration is incomplete');
  return found.value;
}

const inSeconds = (seconds: number) => nowInSeconds() + seconds;

async function outcome(token: string) {
  const result = await authenticate(token, await config());
  return result.ok ? result.value : result.failure.code;
}

const ada = (options?: TokenOptions) => instance.token('user_ada', ORIGIN, options);

describe('a session token is accepted', () => {
  test.for<[string, TokenOptions]>([
    ['as Clerk issues it', {}],
    ['for another of our origins', { claims: { azp: 'https://also.example.com' } }],
    [
      'of version 1, which has neither category nor status',
      {
        header: { cat: undefined },
        claims: { sts: undefined, v: undefined },
      },
    ],
    [
      'up to three seconds after it expired, because clocks differ',
      {
        claims: { exp: inSeconds(-3), iat: inSeconds(-63) },
      },
    ],
  ])('%s', async ([, options]) => {
    expect(await outcome(ada(options))).toEqual({
      userId: 'user_ada',
      sessionId: 'sess_of_user_ada',
    });
  });
});

describe('a session token is refused', () => {
  test.for<[string, TokenOptions]>([
    ['that has expired', { claims: { exp: inSeconds(-10), iat: inSeconds(-70) } }],
    ['that is not valid yet', { claims: { nbf: inSeconds(60) } }],
    ['that was issued in the future', { claims: { iat: inSeconds(60) } }],
    ["for another site's pages", { claims: { azp: 'https://evil.example.com' } }],
    ['for an origin that only starts like ours', { claims: { azp: `${ORIGIN}.evil.com` } }],
    ['for no origin', { claims: { azp: undefined } }],
    ['signed with another key', { signedWith: otherKey }],
    ['signed with no algorithm', { header: { alg: 'none' }, signedWith: null }],
    [
      'signed with the public key as a secret',
      {
        header: { alg: 'HS256' },
        signedWith: instance.publicKey,
      },
    ],
    ['whose header names another algorithm than the key has', { header: { alg: 'RS512' } }],
    ['without a user', { claims: { sub: undefined } }],
    ['of a user whose id is none', { claims: { sub: 'user ada' } }],
    ['without an end', { claims: { exp: undefined } }],
    ['of another type', { header: { typ: 'at+jwt' } }],
    ['of a machine', { header: { cat: 'cl_B7d4PD333AAA' } }],
    ['made from a template', { header: { cat: 'cl_B7d4PD222AAA' } }],
    ['of another instance', { claims: { iss: 'https://clerk.elsewhere.test' } }],
    ['without an issuer', { claims: { iss: undefined } }],
    ['without a session', { claims: { sid: undefined } }],
    ['of an empty session', { claims: { sid: '' } }],
    ['of a session that is still pending', { claims: { sts: 'pending' } }],
  ])('%s', async ([, options]) => {
    expect(await outcome(ada(options))).toBe('unauthenticated');
  });

  test('whose claims were changed', async () => {
    const [header, , signature] = ada().split('.');
    const [, claims] = instance.token('user_grace', ORIGIN).split('.');
    expect(await outcome(`${header}.${claims}.${signature}`)).toBe('unauthenticated');
  });

  test.for(['', 'token', 'a.b', 'a.b.c', `${ada()}.more`, '{}.{}.{}', '🙂.🙂.🙂'])(
    'that is none: %s',
    async (token) => {
      expect(await outcome(token)).toBe('unauthenticated');
    },
  );

  test('when the configured key is broken', async () => {
    const clerk = { ...(await config()), jwtKey: 'not a key' };
    const result = await authenticate(ada(), clerk);
    expect(result).toMatchObject({ ok: false, failure: { code: 'unauthenticated' } });
  });
});
