import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { keptLocally } from './kept-locally.ts';

test.use({
  // Without a network Clerk's own script is not there, which it logs; it logs that a session is over, too.
  expectedErrors: [
    /ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED|status of 500|failed_to_load_clerk_js|status of 40[14] .*\/client\/sessions\//,
  ],
});

async function askToSignOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
}

test('a refused sign-out says so, leaves everything as it was, and can be repeated', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Refused' });
  const screen = await openGroup(page, group.id);
  await screen.say('before');
  const ends = '**/client/sessions/*/remove?*';
  await page.route(ends, (route) =>
    route.fulfill({ status: 500, json: { errors: [{ code: 'internal', message: 'no' }] } }),
  );
  await askToSignOut(page, ada.name);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText(/You are still signed in, and nothing was deleted/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await screen.say('after');
  await screen.arrived('after');

  await page.unroute(ends);
  await askToSignOut(page, ada.name);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await page.goto(`/g/${group.id}`);
  await expect(page.getByRole('heading', { name: 'Sign in to go on' })).toBeVisible();
});

test('a tab that learns of a sign-out late does not end the session that began since', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page, context } = ada;
  const group = await ada.createGroup({ name: 'Twice' });
  const screen = await openGroup(page, group.id);
  const other = await context.newPage();
  await openGroup(other, group.id);
  // The other tab asks to end what it takes for its session only once the new one has begun.
  let isBack: () => void = () => undefined;
  const back = new Promise<void>((resolve) => {
    isBack = resolve;
  });
  let asked: () => void = () => undefined;
  const hasAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  await other.route('**/client/sessions**', async (route) => {
    if (/remove|_method=DELETE/.test(route.request().url())) {
      await back;
      await route.continue();
      asked();
    } else await route.fallback();
  });
  await askToSignOut(page, ada.name);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  const again = await context.request.post('/__clerk/v1/client/sign_ins', {
    headers: { origin: new URL(page.url()).origin },
    form: { strategy: 'ticket', ticket: `demo:${ada.name}` },
  });
  expect(again.ok()).toBe(true);
  isBack();
  await hasAsked;
  await page.goto(`/g/${group.id}`);
  await screen.say('still here');
  await screen.arrived('still here');
});

test('without a network a sign-out deletes the local data, and the session ends at the next contact', async ({
  visitor,
}) => {
  const ada = await visitor('Ada', { serviceWorkers: 'allow' });
  const { page, context } = ada;
  const group = await ada.createGroup({ name: 'Left on a train' });
  const screen = await openGroup(page, group.id);
  await screen.composer.fill('half a thought');
  await expect.poll(() => keptLocally(page)).toContain('half a thought');
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The dialog must be there without a network.
  await expect(page.getByRole('link', { name: 'Left on a train' })).toBeVisible();
  await page.reload();

  await context.setOffline(true);
  await askToSignOut(page, ada.name);
  await expect(page.getByText(/You are offline/)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText(/Check your connection|Create an account/).first()).toBeVisible();
  const kept = await keptLocally(page);
  expect(kept).not.toContain('half a thought');
  expect(kept).not.toContain('Left on a train');
  const sessions = async () => {
    const client = await context.request.get('/__clerk/v1/client');
    return JSON.stringify((await client.json()).response.sessions);
  };

  await context.setOffline(false);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await expect.poll(sessions).toBe('[]');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
});
