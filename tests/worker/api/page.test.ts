import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const built = readFileSync(join(import.meta.dirname, '../../../dist/local/index.html'), 'utf8');

test.for(['/', '/g/01900000-0000-7000-8000-000000000001', '/sign-in', '/no/such/page'])(
  '%s serves the page',
  async (path) => {
    const answer = await edgewise.fetch(path, {
      headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' },
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(built);
  },
);

test('the page runs only our own scripts, and forbids framing and sniffing', async () => {
  const { headers } = await edgewise.fetch('/');
  const policy = headers.get('content-security-policy') ?? '';
  // The stand-in for Clerk has our own origin, so no other host is allowed here.
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("connect-src 'self';");
  expect(policy).toContain("worker-src 'self' blob:");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  expect(headers.get('permissions-policy')).toBe('camera=(), geolocation=(), microphone=(self)');
});

test('the page is revalidated on every load, and not sent again if unchanged', async () => {
  const first = await edgewise.fetch('/');
  expect(first.headers.get('cache-control')).toContain('must-revalidate');
  const again = await edgewise.fetch('/', {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

test("the page's files are served stale while they revalidate, and forbid sniffing", async () => {
  const [, script = ''] = /src="(\/assets\/[^"/]+\.js)"/.exec(built) ?? [];
  const kept = (await edgewise.fetch(script)).headers;
  expect(kept.get('content-type')).toContain('javascript');
  expect(kept.get('cache-control')).toBe('public, max-age=0, stale-while-revalidate=604800');
  expect(kept.get('x-content-type-options')).toBe('nosniff');
});

test('the files of the API page have no hash, and are revalidated', async () => {
  const { headers } = await edgewise.fetch('/assets/docs/init.js');
  expect(headers.get('cache-control')).toContain('must-revalidate');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});
