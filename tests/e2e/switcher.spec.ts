import type { Page } from '@playwright/test';
import { mentionOf } from '../../protocol/mentions.ts';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { pageIsKept } from './kept-locally.ts';
import { openPair } from './pair.ts';

test.use({
  expectedErrors: [/status of 40[34].*\/api\/(groups|threads)|ERR_INTERNET_DISCONNECTED/],
});

/** The open switcher of a page. */
function switcherOf(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Jump to' });
  return {
    dialog,
    field: dialog.getByRole('combobox'),
    chosen: dialog.getByRole('option', { selected: true }),
    options: dialog.getByRole('option'),
  };
}

/** Opens it with the keyboard. */
async function openSwitcher(page: Page) {
  const switcher = switcherOf(page);
  // The key is heard after the first frame of the group.
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(switcher.field).toBeFocused({ timeout: 1_000 });
  }).toPass();
  return switcher;
}

test('the keyboard alone leads to what waits for me, to a group by its name, and back to the composer', async ({
  visitor,
}) => {
  const { ada, grace, group, page } = await openPair(visitor);
  const kitchen = await ada.createGroup({ name: 'Küche' });
  const hall = await ada.createGroup({ name: 'Town hall' });
  for (const { id } of [kitchen, hall]) await grace.join(id);
  await grace.post(hall.id, 'news');
  await grace.post(kitchen.id, `Tea, ${mentionOf(ada.userId)}?`);
  const direct = await grace.createDirect([ada]);
  await grace.post(direct.id, 'psst');
  await expect(page).toHaveTitle(/^\(2\)/);

  const { field, chosen, options, dialog } = await openSwitcher(page);
  await expect(options.nth(0)).toContainText('Küche, 1 unread message, 1 mention');
  await expect(options.nth(1)).toContainText(`${grace.name}, 1 unread message`);
  await expect(options.nth(2)).toContainText('Town hall, 1 unread message');
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);

  await page.keyboard.press('ArrowDown');
  await expect(chosen).toContainText(grace.name);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(direct.id));
  await expect(groupScreen(page).composer).toBeFocused();

  await openSwitcher(page);
  await field.pressSequentially('KUCHE');
  await expect(chosen).toContainText('Küche');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(kitchen.id));
  await expect(groupScreen(page).composer).toBeFocused();

  await openSwitcher(page);
  await field.pressSequentially(group.name);
  await expect(chosen).toContainText(group.name);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(groupScreen(page).composer).toBeFocused();
  await expect(page).toHaveURL(new RegExp(kitchen.id));

  await openSwitcher(page);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(dialog).toHaveCount(0);
});

test('a person who is found on the server is the first, is announced so, and gets a conversation', async ({
  visitor,
}) => {
  const { page } = await openPair(visitor);
  const linus = await visitor('Linus');
  await linus.api('GET', '/api/users/me');
  const { field, chosen } = await openSwitcher(page);
  await field.pressSequentially(linus.name);
  await expect(chosen).toContainText(linus.name);
  const id = await chosen.getAttribute('id');
  await expect(field).toHaveAttribute('aria-activedescendant', id ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: linus.name })).toBeVisible();
  await expect(groupScreen(page).composer).toBeFocused();
});

test('a public group that I am not in can be joined from it', async ({ visitor }) => {
  const { page, grace } = await openPair(visitor);
  const name = `Observatory ${grace.name}`;
  const sky = await grace.createGroup({ name });
  const { field, chosen } = await openSwitcher(page);
  await field.pressSequentially(name);
  await expect(chosen).toContainText('Not joined');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(sky.id));
  await page.getByRole('button', { name: /join/i }).click();
  await expect(groupScreen(page).composer).toBeVisible();
});

test('commands open their dialogs, and the focus returns to the composer', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  const commands = [
    ['new mess', 'dialog', 'New message'],
    ['create', 'dialog', 'Create a group'],
    ['status', 'dialog', 'Set a status'],
    ['short', 'dialog', 'Keyboard shortcuts'],
    ['log out', 'alertdialog', 'Sign out?'],
  ] as const;
  for (const [typed, role, name] of commands) {
    const { field } = await openSwitcher(page);
    await field.pressSequentially(typed);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole(role, { name });
    await expect(dialog).toBeVisible();
    // A dialog is open: the key does nothing.
    await page.keyboard.press('ControlOrMeta+k');
    await expect(field).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(screen.composer).toBeFocused();
  }
  const { field } = await openSwitcher(page);
  await field.pressSequentially('toggle');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await openSwitcher(page);
  await field.pressSequentially('threads of');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Threads' })).toBeVisible();
  await openSwitcher(page);
  await field.pressSequentially('threads');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/threads$/);
});

test('with selected text the key makes a link instead', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await screen.composer.fill('docs');
  await screen.composer.selectText();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(screen.composer).toHaveValue('[docs](https://)');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('on a phone a button opens it over the whole screen, and it works without a network', async ({
  visitor,
}) => {
  const ada = await visitor('Ada', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'allow',
  });
  const { page, context } = ada;
  const group = await ada.createGroup({ name: `Engines of ${ada.name}` });
  await openGroup(page, group.id);
  await pageIsKept(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Jump to' }).tap();
  const { dialog, field, options } = switcherOf(page);
  await expect(field).toBeFocused();
  // It grows into its place.
  await expect.poll(() => dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await expectAccessible(page);
  await context.setOffline(true);
  await field.fill('zzz');
  await expect(dialog.getByText('Without a network only your own groups')).toBeVisible();
  await expectAccessible(page);
  await field.fill('eng');
  await options.filter({ hasText: group.name }).tap();
  await expect(page).toHaveURL(new RegExp(group.id));
  await expect(groupScreen(page).composer).toBeVisible();
});

test('Alt and arrows lead through the list from the composer, with Shift to what is unread', async ({
  visitor,
}) => {
  const { ada, grace, page, group } = await openPair(visitor);
  const names = ['Attic', 'Basement', 'Garden'];
  const [attic, , garden] = await Promise.all(names.map((name) => ada.createGroup({ name })));
  if (!attic || !garden) throw new Error('no groups');
  await grace.join(garden.id);
  await grace.post(garden.id, 'ripe tomatoes');
  await expect(page.getByRole('link', { name: 'Garden, 1 unread message' })).toBeVisible();
  const { composer } = groupScreen(page);
  await expect(composer).toBeFocused();
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await expect(page).toHaveURL(new RegExp(garden.id));
  await expect(composer).toHaveAttribute('placeholder', 'Message Garden');
  await expect(composer).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page).toHaveURL(new RegExp(group.id));
  await expect(composer).toBeFocused();
  await page.keyboard.press('?');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page).toHaveURL(new RegExp(garden.id));
});

test('the list scrolls to the group that a key leads to', async ({ visitor }) => {
  const ada = await visitor('Ada', { viewport: { width: 1280, height: 480 } });
  const { page } = ada;
  const groups = await Promise.all(
    Array.from({ length: 14 }, (_, at) => ada.createGroup({ name: `Room ${at + 10}` })),
  );
  await openGroup(page, groups[0]?.id ?? '');
  const last = page.getByRole('link', { name: 'Room 23', exact: true });
  await expect(last).toBeAttached();
  await expect(last).not.toBeInViewport();
  // The keys come after the first frame.
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page).toHaveURL(new RegExp(groups.at(-1)?.id ?? ''));
  await expect(last).toBeInViewport();
});
