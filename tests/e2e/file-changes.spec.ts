import type { Page } from '@playwright/test';
import { FileReference } from '../../protocol/models.ts';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { handOver, picture, text, tiles } from './chosen-files.ts';
import { groupScreen } from './group-screen.ts';
import { choose, openPair } from './pair.ts';

/** The browser itself logs every request that is refused: an upload, and a file that is gone. */
test.use({ expectedErrors: [/status of 4\d\d .*\/api\/(?:upload|files\/)/] });

/** Refuses the upload of every file whose name says so, with the words of the server. */
async function refuseBad(page: Page): Promise<void> {
  await page.route('**/api/upload?**', async (route) => {
    if (!route.request().headers()['x-file-name']?.startsWith('bad')) return await route.continue();
    const problem = {
      type: 'about:blank',
      title: 'Too large',
      status: 413,
      code: 'too_large',
      detail: 'You have 1 MB left.',
    };
    await route.fulfill({ status: 413, json: problem });
  });
}

test('an edit adds files that are dropped on it, pasted and chosen, and keeps those it has', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  await page.locator('main input[type=file]').setInputFiles([text('kept.bin')]);
  await expect(tiles(page)).toHaveCount(1);
  await screen.say('Look');
  await screen.arrived('Look');
  await choose(page, screen.message('Look'), 'Edit');
  const form = page.locator('form[data-edits]');
  await expect(form).toBeVisible();
  await handOver(page, 'drop', [text('dropped.txt')], 'form[data-edits] textarea');
  await handOver(page, 'paste', [text('pasted.txt')], 'form[data-edits] textarea');
  const added = form.getByRole('list', { name: 'Files to add' }).getByRole('listitem');
  await expect(added).toHaveCount(2);
  await form.getByLabel('Attach files').setInputFiles([text('chosen.txt')]);
  await expect(added).toHaveCount(3);
  await expect(tiles(page)).toHaveCount(0);
  await expectAccessible(page);
  await form.getByRole('textbox', { name: 'Edit message' }).fill('Look here');
  await form.getByRole('textbox', { name: 'Edit message' }).press('Enter');
  const names = grace.screen.timeline
    .getByRole('article')
    .filter({ hasText: 'Look here' })
    .getByRole('link', { name: /^Download / });
  await expect(names).toHaveCount(4);
  expect(
    await names.evaluateAll((links) => links.map((it) => it.getAttribute('download'))),
  ).toEqual(['kept.bin', 'dropped.txt', 'pasted.txt', 'chosen.txt']);
});

test('an edit whose file fails keeps its words and its other files', async ({ visitor }) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  await refuseBad(page);
  await screen.say('Look');
  await screen.arrived('Look');
  await choose(page, screen.message('Look'), 'Edit');
  const form = page.locator('form[data-edits]');
  await form.getByLabel('Attach files').setInputFiles([text('good.txt'), text('bad.txt')]);
  await form.getByRole('textbox', { name: 'Edit message' }).fill('Look again');
  await form.getByRole('textbox', { name: 'Edit message' }).press('Enter');
  const mine = screen.timeline.getByRole('article').filter({ hasText: 'Look again' });
  await expect(mine).toContainText(
    'Your change was not saved: bad.txt was not uploaded. You have 1 MB left.',
  );
  // It outlives the page.
  await page.reload();
  const again = groupScreen(page).timeline.getByRole('article').filter({ hasText: 'Look again' });
  await expect(again).toContainText('bad.txt was not uploaded');
  await again.getByRole('button', { name: 'Send without it' }).click();
  const hers = grace.screen.timeline.getByRole('article').filter({ hasText: 'Look again' });
  await expect(hers.getByRole('link', { name: 'Download good.txt' })).toBeVisible();
  await expect(hers.getByText('bad.txt')).toHaveCount(0);
});

test('files that the server erased before they were sent are uploaded again by themselves', async ({
  visitor,
}) => {
  const { page, ada, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  const answered = page.waitForResponse((it) => it.url().includes('/api/upload?'));
  await page.locator('main input[type=file]').setInputFiles([text('late.txt'), text('b.txt')]);
  const { id } = FileReference.parse(await (await answered).json());
  await expect(page.getByText('All 2 files are uploaded')).toBeAttached();
  // As the Room does a day later.
  expect((await ada.api('DELETE', `/api/files/${id}`)).status).toBe(204);
  await page.reload();
  await expect(tiles(page)).toHaveCount(2);
  await groupScreen(page).say('At last');
  const links = grace.screen.message('At last').getByRole('link', { name: /^Download / });
  await expect(links).toHaveCount(2);
  const texts = await links.evaluateAll(
    async (all) =>
      await Promise.all(all.map(async (it) => (await fetch(it.getAttribute('href') ?? '')).text())),
  );
  expect(texts).toEqual(['late.txt', 'b.txt']);
});

test('a file that is neither on the server nor on the device is named, and the words go without it', async ({
  visitor,
}) => {
  const { page, screen, ada, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  const answered = page.waitForResponse((it) => it.url().includes('/api/upload?'));
  await page.locator('main input[type=file]').setInputFiles([text('lost.txt')]);
  const { id } = FileReference.parse(await (await answered).json());
  await expect(page.getByText('The file is uploaded')).toBeAttached();
  await ada.api('DELETE', `/api/files/${id}`);
  await page.evaluate(
    async () =>
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('edgewise');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('files', 'readwrite');
          transaction.objectStore('files').clear();
          transaction.oncomplete = () => resolve();
        };
      }),
  );
  await page.reload();
  await expect(tiles(page)).toHaveCount(1);
  await screen.composer.fill('Only words');
  await screen.composer.press('Enter');
  const mine = screen.message('Only words');
  await expect(mine).toContainText(
    'Not sent: lost.txt was not uploaded. It is not on this device any more. Choose it again.',
  );
  await expect(mine.getByRole('button', { name: 'Retry' })).toBeVisible();
  await expect(mine.getByRole('button', { name: 'Delete', exact: true })).toBeVisible();
  await mine.getByRole('button', { name: 'Send without it' }).click();
  await expect(grace.screen.message('Only words')).toBeVisible();
  await expect(grace.screen.message('Only words').getByText('lost.txt')).toHaveCount(0);
});

test('a text has the box of a tile while it is uploaded, and grows upwards when its lines are there', async ({
  visitor,
}) => {
  const { page, screen, group, ada } = await openPair(visitor);
  for (let n = 1; n <= 30; n += 1) await ada.post(group.id, `line ${n}`);
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/api/upload?**', async (route) => {
    await held;
    await route.continue();
  });
  await page
    .locator('main input[type=file]')
    .setInputFiles([
      text('notes.txt', 'a line of text\n'.repeat(40)),
      await picture(page, 'p.png', 800, 400),
    ]);
  await expect(tiles(page)).toHaveCount(2);
  await screen.say('Notes');
  const mine = screen.message('Notes');
  const [notes, shown] = [mine.getByRole('listitem').first(), mine.getByRole('listitem').nth(1)];
  await expect(notes).toContainText('notes.txt');
  expect((await notes.boundingBox())?.height).toBe(56);
  // A picture beside a document has its own size.
  expect(await shown.boundingBox()).toMatchObject({ width: 360, height: 180 });
  const isAtEnd = () =>
    screen.timeline.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight < 2);
  await expect.poll(isAtEnd).toBe(true);
  const before = await shown.boundingBox();
  release();
  await expect(notes.getByRole('figure', { name: 'notes.txt' })).toBeVisible();
  await expect.poll(async () => (await notes.boundingBox())?.height).toBe(240);
  await expect(mine.getByText('Sent')).toBeVisible();
  await expect.poll(isAtEnd).toBe(true);
  const after = await shown.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(40);
});

test('code shows its first 20 lines with colours in a box that does not move, and more when asked', async ({
  visitor,
}) => {
  const { page, screen, ada, group, grace } = await openPair(visitor);
  const lines = Array.from({ length: 30 }, (_, n) => `const line${n + 1} = 'a line of code';`);
  const garbage = Buffer.concat([Buffer.alloc(5_000, 'a'), Buffer.alloc(100, 0xff)]);
  const input = page.locator('main input[type=file]');
  await input.setInputFiles([
    { ...text('code.ts', lines.join('\n')), mimeType: 'text/typescript' },
    { ...text('garbage.txt'), buffer: garbage },
  ]);
  await expect(tiles(page)).toHaveCount(2);
  await screen.say('Code');
  await screen.arrived('Code');
  await ada.post(group.id, 'below');

  await grace.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await grace.page.route('**/api/files/*', async (route) => {
    if (route.request().method() === 'GET') await held;
    await route.continue();
  });
  await grace.page.goto(`/g/${group.id}`);
  const shown = groupScreen(grace.page).message('Code');
  const boxes = shown.getByRole('listitem');
  await expect(boxes).toHaveCount(2);
  await expect(boxes.first()).toContainText('code.ts');
  const before = await boxes.first().boundingBox();
  const below = await groupScreen(grace.page).message('below').boundingBox();
  release();
  const code = shown.getByRole('figure', { name: 'code.ts' });
  await expect(code.locator('code')).toHaveText(lines.slice(0, 20).join('\n'));
  await expect(code.locator('[data-code=keyword]').first()).toHaveText('const');
  expect(await boxes.first().boundingBox()).toEqual(before);
  expect(await groupScreen(grace.page).message('below').boundingBox()).toEqual(below);
  // What is no text is a tile.
  await expect(boxes.nth(1).getByRole('link', { name: 'Download garbage.txt' })).toBeVisible();
  await expect(boxes.nth(1).getByRole('figure')).toHaveCount(0);

  await code.getByRole('button', { name: 'Show more of code.ts' }).click();
  await expect(code.locator('code')).toHaveText(lines.join('\n'));
  await code.getByRole('button', { name: 'Copy code.ts' }).click();
  await expect(code.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await grace.page.evaluate(() => navigator.clipboard.readText())).toBe(lines.join('\n'));
  await expectAccessible(grace.page);
  await grace.page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(grace.page);
  await code.getByRole('button', { name: 'Show less of code.ts' }).click();
  await expect(code.locator('code')).toHaveText(lines.slice(0, 20).join('\n'));
});
