import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { handOver, picture, text, tiles } from './chosen-files.ts';
import { openGroup } from './group-screen.ts';
import { openPair } from './pair.ts';

/** The browser itself logs every request that is refused. */
test.use({ expectedErrors: [/status of 4\d\d .*\/api\/upload/] });

/** The names of the files that are to be sent, in order. */
const order = (page: Page) =>
  tiles(page).evaluateAll((all) => all.map((it) => it.getAttribute('aria-label')));

test('files are put into another order with the keyboard and the mouse, and arrive in it under their new names', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  const input = page.locator('main input[type=file]');
  await input.setInputFiles([text('a.bin'), text('b.bin'), text('c.bin')]);
  await expect(tiles(page)).toHaveCount(3);
  const edit = (name: string) =>
    page.getByRole('button', { name: new RegExp(`^Name and description of ${name}`) });
  await edit('a.bin').focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => order(page)).toEqual(['b.bin', 'a.bin', 'c.bin']);
  await expect(page.getByText('a.bin: file 2 of 3')).toBeAttached();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toMatch(/^Name and description of a\.bin/);
  await tiles(page).nth(2).dragTo(tiles(page).first());
  await expect.poll(() => order(page)).toEqual(['c.bin', 'b.bin', 'a.bin']);

  await edit('b.bin').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('renamed.bin');
  await page.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect.poll(() => order(page)).toEqual(['c.bin', 'renamed.bin', 'a.bin']);
  await screen.say('In order');
  await expect(grace.screen.message('In order').getByRole('listitem')).toHaveText([
    /c\.bin/,
    /renamed\.bin/,
    /a\.bin/,
  ]);
});

test('an upload that was refused says why, and is tried again by a button', async ({ visitor }) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  let refusals = 0;
  await page.route('**/api/upload?**', async (route) => {
    if (refusals > 0) return await route.continue();
    refusals += 1;
    const detail = 'You have 1 MB left.';
    const problem = { type: 'about:blank', title: 'Full', status: 413, code: 'too_large', detail };
    await route.fulfill({ status: 413, json: problem });
  });
  await page.locator('main input[type=file]').setInputFiles([text('again.bin')]);
  const tile = tiles(page).first();
  await expect(tile.getByRole('alert')).toHaveText('You have 1 MB left.');
  await tile.getByRole('button', { name: 'Retry the upload of again.bin' }).click();
  await expect(tile.getByRole('alert')).toHaveCount(0);
  await screen.say('Second time');
  await expect(
    grace.screen.message('Second time').getByRole('link', { name: 'Download again.bin' }),
  ).toBeVisible();
});

test('a HEIC picture that the browser cannot open says what to do, and no retry is offered', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
  await page
    .locator('main input[type=file]')
    .setInputFiles([{ name: 'beach.heic', mimeType: 'image/heic', buffer: heic }]);
  const tile = tiles(page).first();
  await expect(tile.getByRole('alert')).toContainText('Convert it to JPEG first');
  await expect(tile.getByRole('button', { name: /Retry/ })).toHaveCount(0);
  await expect(tile.getByRole('button', { name: 'Remove beach.heic' })).toBeVisible();
  // Who does not look at the tile finds the same in the message.
  await screen.say('The beach');
  const mine = screen.message('The beach');
  await expect(mine).toContainText('Convert it to JPEG first');
  await expect(mine.getByRole('button', { name: 'Delete', exact: true })).toBeVisible();
  await expect(mine.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await mine.getByRole('button', { name: 'Send without it' }).click();
  await expect(grace.screen.message('The beach')).toBeVisible();
});

test('a file that is dropped on a thread goes to the thread, and not to the group', async ({
  visitor,
}) => {
  const { page, screen, group, ada } = await openPair(visitor);
  const root = await ada.post(group.id, 'The root');
  await page.goto(`/g/${group.id}?thread=${root.id}`);
  const panel = page.getByRole('complementary').filter({ hasText: 'The root' });
  const field = panel.getByRole('textbox', { name: 'Reply in this thread' });
  await expect(field).toBeVisible();
  await handOver(page, 'drop', [text('dropped.bin')], 'aside textarea');
  await expect(tiles(panel)).toHaveCount(1);
  await expect(tiles(page)).toHaveCount(1);
  await field.fill('Here it is');
  await field.press('Enter');
  await expect(panel.getByRole('link', { name: 'Download dropped.bin' })).toBeVisible();
  await expect(screen.timeline.first().getByText('dropped.bin')).toHaveCount(0);
});

test('a picture that was just sent is copied from the lightbox', async ({ visitor }) => {
  const { page, screen, ada } = await openPair(visitor);
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('main input[type=file]').setInputFiles([await picture(page, 'p.png', 60, 40)]);
  await expect(tiles(page)).toHaveCount(1);
  await screen.say('Copy me');
  await screen
    .message('Copy me')
    .getByRole('button', { name: /Open picture/ })
    .click();
  const lightbox = page.getByRole('dialog');
  await lightbox.getByRole('button', { name: 'Copy picture' }).click();
  await expect(lightbox.getByRole('button', { name: 'Copied' })).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types);
  expect(types).toEqual(['image/png']);
});

test('ten files leave the field and the button that sends on the screen of a phone', async ({
  visitor,
}) => {
  const viewport = { width: 390, height: 844 };
  const ada = await visitor('Ada', { viewport, hasTouch: true, isMobile: true });
  const group = await ada.createGroup({ name: 'Engines' });
  const screen = await openGroup(ada.page, group.id);
  const files = Array.from({ length: 10 }, (_, n) => text(`file ${n}.txt`));
  await ada.page.getByLabel('Attach files').setInputFiles(files);
  await expect(tiles(ada.page)).toHaveCount(10);
  await expect(screen.composer).toBeInViewport({ ratio: 1 });
  await expect(ada.page.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
  await tiles(ada.page).last().scrollIntoViewIfNeeded();
  await expect(ada.page.getByText('file 9.txt')).toBeInViewport();
  await expectAccessible(ada.page);
});
