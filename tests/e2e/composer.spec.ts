import { expect, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';

test('a draft survives a reload, in its own group only', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const first = await ada.createGroup({ name: 'First' });
  await ada.createGroup({ name: 'Second' });
  const screen = await openGroup(page, first.id);
  await screen.composer.fill('not finished yet');
  await page.reload();
  await expect(screen.composer).toHaveValue('not finished yet');
  await page.getByRole('link', { name: /Second/ }).click();
  await expect(page.getByRole('textbox', { name: 'Message Second' })).toHaveValue('');
  await page.getByRole('link', { name: /First/ }).click();
  await expect(page.getByRole('textbox', { name: 'Message First' })).toHaveValue(
    'not finished yet',
  );
  await screen.composer.press('Enter');
  await expect(screen.message('not finished yet')).toBeVisible();
  await page.reload();
  await expect(screen.message('not finished yet')).toHaveCount(1);
  await expect(screen.composer).toHaveValue('');
});

test('a text that is too long is refused with a reason, and never cut', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Too much' });
  const screen = await openGroup(page, group.id);
  const text = `${'word '.repeat(1_600)}and one`;
  await screen.composer.fill(text);
  await screen.composer.press('Enter');
  await expect(page.getByRole('alert')).toContainText('7 characters too long');
  await expect(screen.composer).toHaveValue(text);
  await expect(screen.timeline.getByRole('article')).toHaveCount(0);
});

test('a group is created and used with the keyboard alone', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  await ada.createGroup({ name: 'Aardvarks' });
  await page.goto('/');
  await expect(page).toHaveTitle('Aardvarks · Edgewise');
  await page.getByRole('button', { name: 'Create a group' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Create a group' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Bees');
  await page.keyboard.press('Enter');

  const screen = groupScreen(page);
  await expect(page).toHaveTitle('Bees · Edgewise');
  await expect(screen.composer).toBeFocused();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await expect(screen.timeline.getByRole('article')).toHaveText(/one\s+two/);

  await page.getByRole('button', { name: 'Details', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Close details' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Details', exact: true })).toBeFocused();

  await page.keyboard.press('Alt+ArrowUp');
  await expect(page).toHaveTitle('Aardvarks · Edgewise');
  await expect(page.getByRole('textbox', { name: 'Message Aardvarks' })).toBeFocused();
});
