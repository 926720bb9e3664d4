import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { openPair } from './pair.ts';

/** Switches read receipts in the settings, and waits until the server has it. */
async function switchReceipts(page: Page): Promise<void> {
  await page.goto('/settings/writing');
  const saved = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/users/me/settings') && answer.request().method() === 'PATCH',
  );
  await page.getByRole('switch', { name: 'Read receipts' }).click();
  await saved;
}

test('who switches read receipts off is not shown as a reader any more, and sees no readers', async ({
  visitor,
}) => {
  const { page, screen, group, graceLooks } = await openPair(visitor);
  await screen.say('Do you see this?');
  const first = screen.message('Do you see this?');
  const graces = await graceLooks();
  await expect(first).toContainText('Read by 1');

  await switchReceipts(graces.page);
  await expectAccessible(graces.page);
  // Taken back on the open page of the author.
  await expect(first).toContainText('Delivered');
  const graceScreen = await openGroup(graces.page, group.id);
  await graceScreen.say('I do');
  await expect(screen.message('I do')).toBeVisible();
  await expect(graceScreen.message('I do')).toContainText('Delivered');
  await screen.say('And this?');
  const second = screen.message('And this?');
  await expect(graceScreen.message('And this?')).toBeVisible();
  await expect(second).toContainText('Delivered');
  await page.reload();
  await expect(second).toContainText('Delivered');
  // For her it is read all the same.
  await graces.page.reload();
  await expect(graceScreen.message('And this?')).toBeVisible();
  await expect(graces.page.getByText('New', { exact: true })).toHaveCount(0);

  await switchReceipts(graces.page);
  await expect(second).toContainText('Read by 1');
});

test('the setting holds on every device', async ({ visitor }) => {
  const { page, context } = await visitor('Ada');
  await switchReceipts(page);
  const other = await context.newPage();
  await other.goto('/settings/writing');
  const receipts = other.getByRole('switch', { name: 'Read receipts' });
  await expect(receipts).not.toBeChecked();
  await page.getByRole('switch', { name: 'Read receipts' }).click();
  await expect(receipts).toBeChecked();
});
