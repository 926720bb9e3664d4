import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/person.ts';
import { openGroup } from './group-screen.ts';

/** While the network is gone, the browser itself complains about every attempt. */
test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED/] });

/** Waits until the page would open without a network. */
async function pageIsKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });
}

test('without a network the page opens with what was read, and sends later what is written', async ({
  visitor,
  baseURL,
}) => {
  const ada = await visitor('Ada', { serviceWorkers: 'allow' });
  const grace = await visitor('Grace');
  const group = await (await signIn(baseURL ?? '', ada.name)).createGroup({ name: 'Tunnels' });
  await (await signIn(baseURL ?? '', grace.name)).join(group.id);
  const hers = await openGroup(ada.page, group.id);
  const theirs = await openGroup(grace.page, group.id);
  await theirs.say('Read this on the train.');
  await expect(hers.message('Read this on the train.')).toBeVisible();
  await pageIsKept(ada.page);

  await ada.context.setOffline(true);
  await ada.page.reload();
  await expect(hers.message('Read this on the train.')).toBeVisible();
  await expect(ada.page.getByText(/^Offline, as of \d/)).toBeVisible({ timeout: 20_000 });
  await hers.say('I did.');
  await expect(hers.message('I did.')).toBeVisible();
  await ada.page.reload();
  await expect(hers.message('I did.')).toBeVisible();

  await ada.context.setOffline(false);
  await expect(theirs.message('I did.')).toHaveCount(1, { timeout: 30_000 });
  await expect(hers.message('I did.')).toHaveCount(1);
  await expect(ada.page.getByText(/^Offline, as of/)).toHaveCount(0, { timeout: 20_000 });
});
