import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { keptInDatabases } from './kept-locally.ts';

const HEADING = 'Group chat that keeps its word';
/** Code of the page, but not what runs before the first paint. */
const CODE = '**/assets/*.js';

test.use({ expectedErrors: [/ERR_FAILED/] });

/** The paths of Clerk's scripts that a page loads. */
function clerkScripts(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/\/clerk-[\w-]{8}\.js$|\/@clerk\//.test(pathname)) paths.push(pathname);
  });
  return paths;
}

test('the welcome page stands in the HTML, and loads nothing of Clerk until a visitor signs in', async ({
  stranger,
}) => {
  const { page } = await stranger();
  await page.route(CODE, (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('heading', { name: HEADING })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Create an account' })).toBeVisible();

  await page.unroute(CODE);
  const scripts = clerkScripts(page);
  await page.reload();
  const ada = page.getByRole('button', { name: 'Continue as Ada' });
  await expect(ada).toBeVisible();
  await expect(page.getByRole('heading', { name: HEADING })).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  expect(scripts).toEqual([]);
  await ada.click();
  await expect(page.getByRole('button', { name: /^Ada/ })).toBeVisible();
  expect(scripts).not.toEqual([]);
});

test('the welcome page never leaves the screen while its code loads', async ({ stranger }) => {
  const { page } = await stranger();
  await page.addInitScript((heading) => {
    const frame = () => {
      const isThere = document.querySelector('h1')?.textContent === heading;
      // A busy browser may paint before it has read all of the HTML.
      const isRead = document.readyState !== 'loading';
      if (isRead && !isThere) document.title = 'It was gone';
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, HEADING);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Continue as Ada' })).toBeVisible();
  await expect(page).toHaveTitle('Edgewise');
});

test('a user who returns never sees the welcome page, and reads the cached group before the server answers', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Returns' });
  await page.route(CODE, (route) => route.abort());
  await page.goto('/');
  await expect(page.getByRole('status')).toHaveText('Loading');
  await expect(page.getByRole('heading', { name: HEADING })).toBeHidden();
  await page.unroute(CODE);

  const screen = await openGroup(page, group.id);
  await screen.say('still here');
  await screen.arrived('still here');
  // The cache is written after a pause.
  await expect.poll(() => keptInDatabases(page)).toContain('still here');
  // Neither the configuration, nor Clerk, nor REST: the server is never asked with success.
  await page.route(/\/(?:api|__clerk)\//, () => undefined);
  await page.reload();
  await expect(groupScreen(page).message('still here')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Returns' })).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(`^${ada.name}`) })).toBeVisible();
});

test('robots.txt is a file, and not the page', async ({ request }) => {
  const robots = await request.get('/robots.txt');
  expect(robots.headers()['content-type']).toContain('text/plain');
  expect(await robots.text()).toContain('User-agent: *');
});
