import { gzipSync } from 'node:zlib';
import { expect, expectAccessible, test } from '../support/browser.ts';

/** The limit of our own JavaScript that is loaded before a group is shown, gzipped and without Clerk's. */
const FIRST_LOAD_BYTES = 150 * 1024;
/**
 * The limit of what follows by itself: Clerk's session, the user's own socket, notifications, cards, menus, the keys of
 * messages, what is shown offline, what writes the cache, the service worker.
 */
const FOLLOWS_BYTES = 15 * 1024;
const CLERK = /\/clerk-[\w-]{8}\.js$/;
/** Loaded once what is cached is shown, or after a second: on a slow machine before the first frame, which does not need it. */
const SESSION = /\/clerk-session-[\w-]{8}\.js$/;

test('a new visitor is welcomed, and can continue as a demo person', async ({ stranger }) => {
  const { page } = await stranger();
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('/');
  await expect(page.getByRole('button', { name: /Ada/ })).toBeVisible();
  await page.waitForLoadState('networkidle');
  // The code of groups comes with a session.
  expect(loaded.filter((path) => /signed-in|clerk/.test(path))).toEqual([]);
  await expectAccessible(page);
});

test('a navigation to the API reaches the API and not the page', async ({ stranger }) => {
  const { page } = await stranger();
  const response = await page.goto('/api/health');
  expect(response?.headers()['content-type']).toContain('application/json');
});

test('the page of the API shows its document', async ({ stranger }) => {
  const { page } = await stranger();
  await page.goto('/api/docs');
  await expect(page.getByText('/api/groups', { exact: true }).first()).toBeVisible();
});

test('a group loads little code, and none of the sign-in pages', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Engines' });
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js')) return;
    sizes.set(
      pathname,
      response.body().then((body) => gzipSync(body).byteLength),
    );
  });
  await page.goto(`/g/${group.id}`);
  await expect(page.getByRole('textbox', { name: /message/i })).toBeEnabled();
  await page.waitForLoadState('networkidle');

  const atOnce = new Set(
    await page.evaluate(() => {
      const [shown] = performance.getEntriesByName('group-shown');
      if (!shown) throw new Error('the page did not mark the first frame of the group');
      return performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime < shown.startTime)
        .map(({ name }) => new URL(name).pathname);
    }),
  );
  const own = [...sizes].filter(([path]) => path.startsWith('/assets/') && !CLERK.test(path));
  const sum = async (which: (path: string) => boolean) => {
    const bytes = await Promise.all(own.filter(([path]) => which(path)).map(([, size]) => size));
    return bytes.reduce((total, it) => total + it, 0);
  };
  const isFirst = (path: string) => atOnce.has(path) && !SESSION.test(path);
  const first = await sum(isFirst);
  const then = await sum((path) => !isFirst(path));
  console.info(
    `A group is shown with ${(first / 1024).toFixed(1)} KiB of our own JavaScript; ${(then / 1024).toFixed(1)} KiB follow.`,
  );
  expect(first).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  expect(then).toBeLessThanOrEqual(FOLLOWS_BYTES);
  expect([...sizes.keys()].filter((path) => path.includes('/@clerk/ui'))).toEqual([]);
});
