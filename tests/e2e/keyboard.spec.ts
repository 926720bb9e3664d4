import { expect, expectAccessible, test } from '../support/browser.ts';
import { leaveTheEnd } from './leave-the-end.ts';
import { openPair } from './pair.ts';

test('every action on a message works with the keyboard', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('first');
  await screen.say('second');
  await screen.arrived('second');
  await screen.timeline.focus();
  await page.keyboard.press('k');
  await expect(screen.message('second')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(screen.message('first')).toBeFocused();
  await page.keyboard.press('j');
  await expect(screen.message('second')).toBeFocused();
  await expectAccessible(page);

  await page.keyboard.press('e');
  const field = page.getByRole('textbox', { name: 'Edit message' });
  await field.fill('second, edited');
  await field.press('Enter');
  await expect(screen.message('second, edited')).toBeFocused();

  await page.keyboard.press('p');
  await expect(screen.message('second, edited')).toContainText('Pinned by');

  // The pointer gives the toolbar to another message, and the key still means the focused one.
  // The first move of a pointer has no distance, and would count as one that rests.
  await page.mouse.move(0, 0);
  await screen.message('first').hover();
  await expect(screen.message('first').getByRole('button', { name: 'More actions' })).toBeVisible();
  await page.keyboard.press('+');
  const search = page.getByRole('searchbox', { name: 'Search emoji' });
  await search.fill('party popper');
  await expect(page.getByRole('gridcell', { name: 'Party popper' })).toBeVisible();
  await search.press('Enter');
  await expect(screen.message('second, edited').getByRole('button', { name: /🎉/ })).toBeVisible();
  await expect(screen.message('second, edited')).toBeFocused();

  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'Reply in this thread' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('log')).toHaveCount(1);

  await screen.timeline.focus();
  await page.keyboard.press('k');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
});

test('typing into a field triggers no shortcut', async ({ visitor }) => {
  const { page, screen, grace, group } = await openPair(visitor);
  await grace.post(group.id, 'hello');
  await expect(screen.message('hello')).toBeVisible();
  await screen.composer.pressSequentially('jkreup?');
  await expect(screen.composer).toHaveValue('jkreup?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('? shows the shortcuts, and Esc returns the focus', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('a message');
  await screen.timeline.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(screen.timeline).toBeFocused();
});

test('Esc leads to the newest message and to the composer', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor, async ({ ada, group }) => {
    for (let line = 1; line <= 40; line += 1) await ada.post(group.id, `line ${line}`);
  });
  await leaveTheEnd(page);
  await page.keyboard.press('Escape');
  await expect(screen.message('line 40')).toBeInViewport();
  await expect(screen.composer).toBeFocused();
});

test('a long press on a message opens its actions', async ({ visitor }) => {
  const { screen, group, grace } = await openPair(visitor);
  await screen.say('touch me');
  const phone = await visitor('Ada', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await grace.api('GET', `/api/groups/${group.id}`);
  await phone.page.goto(`/g/${group.id}`);
  await phone.page.getByRole('button', { name: /join/i }).click();
  const message = phone.page.getByRole('article').filter({ hasText: 'touch me' });
  await message.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 100, clientY: 400 });
  await expect(phone.page.getByRole('menu')).toBeVisible();
  await expectAccessible(phone.page);
  await phone.page
    .getByRole('menuitem', { name: /^React with/ })
    .first()
    .click();
  await expect(message.getByRole('button', { name: /^You reacted/ })).toBeVisible();
});
