import { setTimeout } from 'node:timers/promises';
import { expect, test } from '../support/browser.ts';
import { holdMessages } from '../support/hold-messages.ts';
import { openGroup } from './group-screen.ts';
import { keptLocally } from './kept-locally.ts';

const PASSWORD = 'correct horse battery staple';

test('a user signs up with a password, signs out and signs in again', async ({ stranger }) => {
  const { page } = await stranger();
  const address = `rear.admiral.${crypto.randomUUID().slice(0, 8)}@example.com`;
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('First name').fill('Grace');
  await page.getByLabel('Last name').fill('Hopper');
  await page.getByLabel('Email address').fill(address);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Start talking' })).toBeVisible();

  await page.getByRole('button', { name: /^Grace Hopper/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();

  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Email address').fill(address);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Start talking' })).toBeVisible();
});

// Clerk's script renews its token every few seconds, also while the session is ending.
test.use({ expectedErrors: [/status of 401.*\/tokens/] });

test('signing out reports unsent messages, and deletes them', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page, name } = ada;
  const group = await ada.createGroup({ name: 'Leaving' });
  await holdMessages(page, 'lost');
  const screen = await openGroup(page, group.id);
  await screen.say('never arrives');
  await screen.composer.fill('half a thought');
  await expect.poll(() => keptLocally(page)).toContain('half a thought');
  expect(await keptLocally(page)).toContain('never arrives');
  await screen.composer.fill('half a thought, and more');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByText('One message was not sent yet and will be lost.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  const kept = await keptLocally(page);
  expect(kept).not.toContain('half a thought');
  expect(kept).not.toContain('never arrives');
  expect(kept).not.toContain('Leaving');
});

test('who signs out sees no page for visitors before the new page is there', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page, name } = ada;
  /** When each page that showed a way to sign in was loaded. */
  const visitorPages = new Set<number>();
  page.on('console', (message) => {
    const [what, loadedAt] = message.text().split(': ');
    if (what === 'shows Sign in') visitorPages.add(Number(loadedAt));
  });
  await page.addInitScript(() => {
    const look = () => {
      const links = [...document.querySelectorAll('a')];
      if (!links.some((link) => link.textContent === 'Sign in')) return;
      console.info(`shows Sign in: ${performance.timeOrigin}`);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  const left = await page.evaluate(() => performance.timeOrigin);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  // It was there until Clerk knew the user.
  visitorPages.delete(left);
  await page.route('/', async (route) => {
    await setTimeout(500);
    await route.continue();
  });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect.poll(() => visitorPages.size).toBeGreaterThan(0);
  expect(visitorPages).not.toContain(left);
});

test('the chosen theme is kept, and applied before the first paint', async ({ visitor }) => {
  const ada = await visitor('Ada', { colorScheme: 'light' });
  const { page, name } = ada;
  await page.goto('/');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
