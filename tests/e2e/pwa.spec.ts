import { expect, test } from '../support/browser.ts';

test('the page caches its own files, and no response of the server', async ({ visitor }) => {
  const { page } = await visitor('Ada', { serviceWorkers: 'allow' });
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  expect(kept).toContain('/index.html');
  expect(kept.some((path) => /^\/assets\/index-.*\.js$/.test(path))).toBe(true);
  expect(kept.filter((path) => /^\/(api|__clerk|assets\/docs)/.test(path))).toEqual([]);
});

test('the service worker is revalidated every time, and the manifest opens the page', async ({
  request,
}) => {
  const worker = await request.get('/sw.js');
  expect(worker.headers()['content-type']).toContain('javascript');
  expect(worker.headers()['cache-control']).toMatch(/no-cache|max-age=0/);
  const manifest = await request.get('/manifest.webmanifest');
  expect(await manifest.json()).toMatchObject({ name: 'Edgewise', start_url: '/' });
});
