import { expect, test } from 'vitest';
import { FILES_COOKIE_MS } from '../../../protocol/limits.ts';
import { openCookie, sealCookie } from '../../../worker/files/session-cookie.ts';

const SECRET = 'sk_test_one';
const ADA = { userId: 'user_ada', sessionId: 'sess_1' };

test('a cookie says whose session it is, until it ends', async () => {
  const { value, endsAt } = await sealCookie(SECRET, ADA, 1_000);
  expect(endsAt).toBe(1_000 + FILES_COOKIE_MS);
  expect(await openCookie(SECRET, value, endsAt - 1)).toEqual(ADA);
  expect(await openCookie(SECRET, value, endsAt)).toBeUndefined();
});

test('a cookie of another deployment, or one that was changed, is none', async () => {
  const { value } = await sealCookie(SECRET, ADA, 1_000);
  expect(await openCookie('sk_test_two', value, 1_000)).toBeUndefined();
  const [content = '', signature = ''] = value.split('.');
  const forged = btoa(JSON.stringify({ userId: 'user_eve', sessionId: 's', endsAt: 9e15 }));
  for (const other of [
    `${forged}.${signature}`,
    `${content}.${signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))}`,
    `${content}.`,
    `.${signature}`,
    content,
    '',
    '%.%',
  ]) {
    expect(await openCookie(SECRET, other, 1_000), other).toBeUndefined();
  }
});
