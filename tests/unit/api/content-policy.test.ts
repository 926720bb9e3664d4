import { expect, test } from 'vitest';
import type { ClerkConfig } from '../../../worker/auth/clerk-config.ts';
import { contentPolicy } from '../../../worker/page/content-policy.ts';

const clerk: ClerkConfig = {
  publishableKey: 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k',
  jwtKey: '',
  issuer: 'https://clerk.example.com',
  isOurOrigin: () => false,
  webhookSigningSecret: '',
  secretKey: '',
  backendFetch: () => Promise.reject(new Error('not asked here')),
};

test("a deployed page may also load Clerk's scripts and bot protection, and nothing else", () => {
  const policy = contentPolicy(clerk);
  expect(policy).toContain(
    "script-src 'self' https://clerk.example.com https://challenges.cloudflare.com;",
  );
  expect(policy).toContain("connect-src 'self' https://clerk.example.com;");
  expect(policy).toContain('frame-src https://challenges.cloudflare.com;');
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
});

test('a page that reaches Clerk through our own origin loads from no other', () => {
  const policy = contentPolicy({ ...clerk, proxyUrl: '/__clerk' });
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).toContain("frame-src 'none';");
});
