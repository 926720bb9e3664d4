import * as z from 'zod/mini';
import { expect, test } from '../support/browser.ts';

const Manifest = z.object({
  icons: z.array(
    z.object({
      src: z.string(),
      sizes: z.string(),
      type: z.string(),
      purpose: z.optional(z.string()),
    }),
  ),
});

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

test('the icons of the installed page and of its notifications are there, in the sizes that they say', async ({
  page,
  request,
}) => {
  const { icons } = Manifest.parse(await (await request.get('/manifest.webmanifest')).json());
  expect(icons.map(({ purpose = 'any', type }) => `${purpose} ${type}`)).toEqual([
    'any image/svg+xml',
    'any image/png',
    'any image/png',
    'maskable image/png',
  ]);
  await page.goto('/');
  const touch = page.locator('link[rel="apple-touch-icon"]');
  expect(await touch.getAttribute('href')).toBe('/apple-touch-icon.png');
  const more = [
    { src: '/apple-touch-icon.png', sizes: '180x180' },
    { src: '/badge-96.png', sizes: '96x96' },
  ];
  for (const { src, sizes } of [...icons.filter((icon) => icon.sizes !== 'any'), ...more]) {
    const size = await page.evaluate(async (path) => {
      const image = await createImageBitmap(await (await fetch(path)).blob());
      return `${image.width}x${image.height}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
});
