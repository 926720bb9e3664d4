import { afterEach, expect, test, vi } from 'vitest';
import { clerkFromEnv, issuerOf } from '../../../worker/auth/clerk-from-env.ts';
import { clerkInstance } from '../../support/clerk-instance.ts';

const instance = clerkInstance();
const vars = instance.vars('https://chat.example.com, https://www.example.com ,');

afterEach(() => vi.restoreAllMocks());

test('a complete configuration has its issuer and exactly our origins', async () => {
  const found = await clerkFromEnv(vars);
  if (!found.ok) throw new Error('the configuration is incomplete');
  expect(found.value.issuer).toBe(instance.issuer);
  for (const ours of ['https://chat.example.com', 'https://www.example.com']) {
    expect(found.value.isOurOrigin(ours)).toBe(true);
  }
  for (const other of [
    '',
    'http://chat.example.com',
    'https://chat.example.com/',
    'https://chat.example.com:8443',
    'https://evil.com?https://chat.example.com',
  ]) {
    expect(found.value.isOurOrigin(other)).toBe(false);
  }
});

test.for(Object.keys(vars))('without %s nobody can sign in, and the log names it', async (name) => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  for (const missing of [undefined, '', '  ']) {
    const found = await clerkFromEnv({ ...vars, [name]: missing });
    expect(found).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
    expect(logged.mock.lastCall?.join()).toContain(name);
  }
  expect(JSON.stringify(logged.mock.calls)).not.toContain('sk_live_never_sent_anywhere');
});

test.for(['pk_live_', 'pk_live_***', 'sk_live_abc', `pk_live_${btoa('no dollar')}`, 'plain'])(
  'a malformed publishable key (%s) counts as missing',
  async (key) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(issuerOf(key)).toBeUndefined();
    const found = await clerkFromEnv({ ...vars, CLERK_PUBLISHABLE_KEY: key });
    expect(found).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  },
);
