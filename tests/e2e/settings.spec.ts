import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';

test('every section of the settings is reached from the menu, and by its address', async ({
  visitor,
}) => {
  const { page, name } = await visitor('Ada');
  await page.goto('/');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  for (const link of await sections.all()) {
    const title = (await link.textContent()) ?? '';
    await link.click();
    await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
  }
  await page.goto('/settings/nothing');
  await expect(page.getByText('There is nothing here')).toBeVisible();
});

test('on a phone the settings are a list, a section has a way back, and "back" takes it', async ({
  visitor,
}) => {
  const { page } = await visitor('Ada', { viewport: { width: 390, height: 844 } });
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Writing' }).click();
  await expect(page.getByRole('heading', { name: 'Writing' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Settings' })).toBeHidden();
  await page.goBack();
  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await page.getByRole('link', { name: 'Back to your groups' }).click();
  await expect(page).toHaveURL('/');
});

test('the density is kept, applied before the first paint, and changes the rows', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Close' });
  await ada.post(group.id, 'one line');
  const screen = await openGroup(page, group.id);
  const height = async () => (await screen.message('one line').boundingBox())?.height ?? 0;
  const comfortable = await height();
  await page.goto('/settings/appearance');
  await page.getByRole('radio', { name: 'Compact' }).check();
  await page.goto(`/g/${group.id}`, { waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact');
  await expect.poll(height).toBeLessThan(comfortable);
});

test('times have the chosen form', async ({ visitor }) => {
  const ada = await visitor('Ada', { locale: 'en-US' });
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Hours' });
  await ada.post(group.id, 'what time is it?');
  const screen = await openGroup(page, group.id);
  const time = screen.message('what time is it?').getByRole('time').first();
  await expect(time).toHaveText(/[AP]M$/);
  await page.goto('/settings/appearance');
  await page.getByRole('radio', { name: '14:02' }).check();
  await page.goBack();
  await expect(time).toHaveText(/^\d\d:\d\d$/);
});
