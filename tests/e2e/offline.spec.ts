import { expect, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { keptInDatabases, pageIsKept } from './kept-locally.ts';
import { choose, openPair, pair } from './pair.ts';

/** While the network is gone, the browser itself logs every attempt. */
test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED/] });

test('without a network the page opens from the cache, and sends later what is written', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Tunnels', { serviceWorkers: 'allow' });
  const hers = await openGroup(ada.page, group.id);
  const theirs = await openGroup(grace.page, group.id);
  await theirs.say('Read this on the train.');
  await expect(hers.message('Read this on the train.')).toBeVisible();
  await pageIsKept(ada.page);
  // The cache is written after a pause.
  await expect.poll(() => keptInDatabases(ada.page)).toContain('Read this on the train.');

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

test('without a network a reloaded page has its user, their groups, and every group that was open', async ({
  visitor,
}) => {
  const ada = await visitor('Ada', { serviceWorkers: 'allow' });
  const { page, context, name } = ada;
  const groups = [
    await ada.createGroup({ name: 'Engines' }),
    await ada.createGroup({ name: 'Tunnels' }),
  ];
  for (const { id, name: groupName } of groups) {
    const screen = await openGroup(page, id);
    await screen.say(`Kept of ${groupName}`);
    await screen.arrived(`Kept of ${groupName}`);
    // The cache is written after a pause.
    await expect.poll(() => keptInDatabases(page)).toContain(`Kept of ${groupName}`);
  }
  await pageIsKept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('button', { name: new RegExp(`^${name}`) })).toBeVisible();
  for (const { name: groupName } of groups) {
    await page.getByRole('link', { name: groupName }).click();
    await expect(groupScreen(page).message(`Kept of ${groupName}`)).toBeVisible();
    await expect(page.getByRole('textbox', { name: `Message ${groupName}` })).toBeEnabled();
  }
});

test('a message deleted offline disappears once its author returns, though the page was closed', async ({
  visitor,
}) => {
  const { page, screen, group, graceLooks } = await openPair((name) =>
    visitor(name, { serviceWorkers: 'allow' }),
  );
  const theirs = await graceLooks();
  await screen.say('gone from the train');
  await expect(theirs.screen.message('gone from the train')).toBeVisible();
  await pageIsKept(page);
  const context = page.context();
  await context.setOffline(true);
  await choose(page, screen.message('gone from the train'), 'Delete');
  await page.close();
  await context.setOffline(false);
  const again = await openGroup(await context.newPage(), group.id);
  await expect(theirs.screen.message('gone from the train')).toHaveCount(0, { timeout: 15_000 });
  await expect(again.message('gone from the train')).toHaveCount(0);
});

test('a page that is left as soon as a message came has it in the cache', async ({ visitor }) => {
  const { page, screen, group, grace } = await openPair(visitor);
  await grace.post(group.id, 'the one before');
  const other = await page.context().newPage();
  await other.goto('/robots.txt');
  await expect.poll(() => keptInDatabases(other)).toContain('the one before');
  await grace.post(group.id, 'the last one');
  await expect(screen.message('the last one')).toBeVisible();
  await page.goto('about:blank');
  await expect.poll(() => keptInDatabases(other)).toContain('the last one');
});
