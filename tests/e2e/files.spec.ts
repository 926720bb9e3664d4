import { createHash, randomBytes } from 'node:crypto';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { handOver, picture, text, tiles } from './chosen-files.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { choose, openPair } from './pair.ts';
import { watchForJumps } from './watch-for-jumps.ts';

/** The browser itself logs every request that fails: without a network, and for a file that is gone. */
test.use({
  expectedErrors: [
    /ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED|ERR_CONNECTION_RESET|status of 404 .*\/api\/files\//,
  ],
});

test('a pasted picture is sent, and is opened in the lightbox on the other side', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  await handOver(page, 'paste', [await picture(page, 'harbour.png', 1_200, 600)]);
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole('button', { name: /^Name and description of harbour/ }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('The harbour at dawn');
  await page.getByRole('button', { name: 'Save' }).click();
  await screen.composer.fill('Look');
  await screen.composer.press('Enter');
  await expect(tiles(page)).toHaveCount(0);

  const open = grace.screen.message('Look').getByRole('button', { name: /The harbour at dawn/ });
  await expect(open).toBeVisible();
  const shown = open.locator('img');
  await expect
    .poll(() => shown.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth > 0))
    .toBe(true);
  const box = await open.boundingBox();
  expect(box && Math.round(box.width / box.height)).toBe(2);
  await open.click();
  const lightbox = grace.page.getByRole('dialog');
  await expect(lightbox.getByRole('img', { name: 'The harbour at dawn' })).toBeVisible();
  await expect(lightbox.getByRole('link', { name: 'Download harbour.png' })).toBeVisible();
  await grace.page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(open).toBeFocused();
});

test('five files are dropped, one is cancelled, the network goes, the page reloads, and all the others arrive', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  const names = ['one.txt', 'two.txt', 'three.txt', 'four.txt', 'five.txt'];
  // The server is out of reach for uploads only: the page can be reloaded.
  await page.route('**/api/upload**', (route) => route.abort('failed'));
  await handOver(
    page,
    'drop',
    names.map((name) => text(name)),
  );
  await expect(tiles(page)).toHaveCount(5);
  await page
    .getByRole('button', { name: /two\.txt$/ })
    .and(page.getByTitle(/Cancel|Remove/))
    .click();
  await expect(tiles(page)).toHaveCount(4);
  await expect(tiles(page).first()).toContainText('Waiting for connection');

  await page.reload();
  await expect(tiles(page)).toHaveCount(4);
  await groupScreen(page).composer.fill('All of it');
  await groupScreen(page).composer.press('Enter');
  await groupScreen(page).say('Later, but first');
  // Words do not wait for files.
  await expect(grace.screen.message('Later, but first')).toBeVisible();
  await expect(screen.message('All of it')).toContainText('three.txt');
  await page.reload();
  await expect(groupScreen(page).message('All of it')).toContainText('three.txt');

  await page.unroute('**/api/upload**');
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  const arrived = grace.screen.message('All of it');
  await expect(arrived.getByRole('listitem')).toHaveText([
    /one\.txt/,
    /three\.txt/,
    /four\.txt/,
    /five\.txt/,
  ]);
});

test('a large file goes on where it broke off, and arrives as it was', async ({ visitor }) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  const buffer = randomBytes(6_000_000);
  let sends = 0;
  await page.route('**/api/upload/tus/**', async (route) => {
    const isBytes = route.request().method() === 'PATCH';
    if (isBytes) sends += 1;
    if (isBytes && sends === 1) await route.abort('connectionreset');
    else await route.continue();
  });
  const chosen = { name: 'large.bin', mimeType: 'application/octet-stream', buffer };
  await page.locator('main input[type=file]').setInputFiles([chosen]);
  await expect(tiles(page)).toHaveCount(1);
  await screen.say('Take this');

  const link = grace.screen.message('Take this').getByRole('link', { name: 'Download large.bin' });
  await expect(link).toBeVisible();
  const digest = await link.evaluate(async (it: HTMLAnchorElement) => {
    const bytes = await (await fetch(it.href)).arrayBuffer();
    return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
  });
  expect(Buffer.from(digest)).toEqual(createHash('sha256').update(buffer).digest());
  expect(sends).toBe(2);
});

test('a file is taken out of a message, and nobody can fetch it after that', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  await page.locator('main input[type=file]').setInputFiles([text('keep.txt'), text('drop.txt')]);
  await expect(tiles(page)).toHaveCount(2);
  await screen.say('Two of them');
  const shown = grace.screen.message('Two of them');
  const link = shown.getByRole('link', { name: 'Download drop.txt' });
  await expect(link).toBeVisible();
  const address = await link.evaluate((it: HTMLAnchorElement) => it.href);
  const statusOf = (url: string) =>
    grace.page.evaluate(async (it) => (await fetch(it)).status, url);
  expect(await statusOf(address)).toBe(200);

  await choose(page, screen.message('Two of them'), 'Edit');
  await page.getByRole('button', { name: 'Take out drop.txt' }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).press('Enter');
  await expect(shown.getByText('drop.txt')).toHaveCount(0);
  await expect(shown.getByRole('link', { name: 'Download keep.txt' })).toBeVisible();
  expect(await statusOf(address)).toBe(404);
});

test('no row moves when pictures load, and the page with files is accessible in both themes', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const input = page.locator('main input[type=file]');
  for (const n of [1, 2, 3]) {
    await input.setInputFiles([await picture(page, `p${n}.png`, 600 * n, 400)]);
    await expect(tiles(page)).toHaveCount(1);
    await screen.say(`Picture ${n}`);
    await expect(
      screen.message(`Picture ${n}`).getByRole('button', { name: /Open/ }),
    ).toBeVisible();
  }
  await input.setInputFiles([text('notes.txt'), await picture(page, 'small.png', 40, 40)]);
  await expect(tiles(page)).toHaveCount(2);
  await expectAccessible(page);
  await screen.arrived('Picture 3');

  const grace = await graceLooks();
  const jumps = await watchForJumps(grace.page);
  const last = grace.screen.message('Picture 3').locator('img');
  await expect
    .poll(() => last.evaluate((it: HTMLImageElement) => it.complete && it.naturalWidth > 0))
    .toBe(true);
  expect(await jumps()).toEqual([]);
  await grace.page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(grace.page);
});

test('the files of a group are listed, filtered, and lead to their message', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Engines' });
  const screen = await openGroup(page, group.id);
  const input = page.locator('main input[type=file]');
  for (const file of [await picture(page, 'plan.png', 300, 200), text('notes.txt')]) {
    await input.setInputFiles([file]);
    await expect(tiles(page)).toHaveCount(1);
    await screen.say(`About ${file.name}`);
    await screen.arrived(`About ${file.name}`);
  }
  await page.goto(`/g/${group.id}?panel=files`);
  const panel = page.getByRole('complementary', { name: 'Files' });
  await expect(panel.getByRole('article')).toHaveCount(2);
  await expectAccessible(page);
  await panel.getByRole('combobox', { name: 'Kind' }).selectOption('image');
  await expect(panel.getByRole('article')).toHaveCount(1);
  await panel.getByRole('button', { name: 'Jump to the message of plan.png' }).click();
  await expect(page).toHaveURL(/\/m\//);

  await page.goto('/settings/account');
  await expect(page.getByText(/Your files take/)).toBeVisible();
});
