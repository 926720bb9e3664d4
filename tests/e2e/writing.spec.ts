import { expect, expectAccessible, test } from '../support/browser.ts';
import { openPair } from './pair.ts';

const SLOW_MS = 150;

test('on a slow network, Enter right after the beginning of a name takes it', async ({
  visitor,
}) => {
  const { page, screen } = await openPair(visitor);
  await page.route('**/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    await route.continue();
  });
  await screen.composer.pressSequentially(':thu');
  await screen.composer.press('Enter');
  await expect(screen.composer).toHaveValue('\u{1f44d} ');
  await screen.composer.pressSequentially('@Gra');
  await screen.composer.press('Enter');
  await expect(screen.composer).toHaveValue(/^\u{1f44d} @Grace .*$/u);
  await expect(screen.message(':thu')).toHaveCount(0);
});

test('Enter in code breaks the line, and a closed fence sends', async ({ visitor }) => {
  const { screen } = await openPair(visitor);
  for (const line of ['```ts', 'const a = 1;', '```']) {
    await screen.composer.pressSequentially(line);
    await screen.composer.press('Enter');
  }
  await expect(screen.composer).toHaveValue('');
  await expect(screen.timeline.locator('pre')).toHaveText('const a = 1;');
});

test('the emoji button inserts at the caret, ranked as the completion, in the remembered skin tone', async ({
  visitor,
}) => {
  const { page, screen } = await openPair(visitor);
  await screen.composer.pressSequentially('ab');
  await screen.composer.press('ArrowLeft');
  const button = page.getByRole('button', { name: 'Insert an emoji' });
  await button.click();
  const search = page.getByRole('searchbox', { name: 'Search emoji' });
  await page.getByRole('button', { name: /^Skin tone: default/ }).click();
  await search.fill('thumbs');
  await expect(page.getByRole('gridcell', { name: 'Thumbs up' })).toHaveText('👍🏻');
  await expectAccessible(page);
  await search.press('Enter');
  await expect(screen.composer).toHaveValue('a👍🏻b');
  await expect(screen.composer).toBeFocused();
  await page.reload();
  await button.click();
  await expect(page.getByRole('button', { name: /^Skin tone: light/ })).toBeVisible();
  await page.getByRole('button', { name: 'Flags' }).click();
  await expect(page.getByRole('gridcell', { name: 'Chequered flag' })).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(screen.composer).toBeFocused();
});

test('a quotation names its author and leads to the message, and the answer is outside', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const theirs = await graceLooks();
  await theirs.screen.say('It weaves');
  await screen.message('It weaves').hover();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Quote' }).click();
  await expect(screen.composer).toBeFocused();
  await screen.composer.pressSequentially('Indeed');
  await screen.composer.press('Enter');
  const quote = screen.timeline.locator('blockquote');
  await expect(quote).toHaveText(/^Grace.* wrote:\s*It weaves$/);
  await expect(quote).not.toContainText('Indeed');
  await quote.getByRole('link').click();
  await expect(page).toHaveURL(/\/m\//);
});

test('the reactions of a message show who reacted, and the focus is never lost', async ({
  visitor,
}) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('Look');
  const message = screen.message('Look');
  await message.hover();
  await message.getByRole('button', { name: 'Add a reaction' }).click();
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('rocket');
  await page.mouse.move(0, 0);
  await expect(page.getByRole('gridcell', { name: 'Rocket' })).toBeVisible();
  await page.keyboard.press('Enter');
  const pill = message.getByRole('button', { name: 'You reacted with 🚀' });
  await expect(pill).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await pill.hover();
  await expect(page.getByRole('tooltip')).toContainText('You reacted with 🚀');
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
});
