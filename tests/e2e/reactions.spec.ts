import { expect, expectAccessible, test } from '../support/browser.ts';
import { openPair } from './pair.ts';

test('a reaction is picked, counted for everyone, and removed with a click', async ({
  visitor,
}) => {
  const { page, screen, ada, group, graceLooks } = await openPair(visitor);
  const theirs = await graceLooks();
  await ada.post(group.id, 'It weaves');
  const message = screen.message('It weaves');
  await message.hover();
  await message.getByRole('button', { name: 'Add a reaction' }).click();
  const search = page.getByRole('searchbox', { name: 'Search emoji' });
  await search.fill('party popper');
  await expect(page.getByRole('gridcell', { name: 'Party popper' })).toBeVisible();
  await expectAccessible(page);
  await search.press('Enter');

  const mine = message.getByRole('button', { name: 'You reacted with 🎉' });
  await expect(mine).toHaveAttribute('aria-pressed', 'true');
  const hers = theirs.screen.message('It weaves').getByRole('button', { name: /reacted with 🎉/ });
  await expect(hers).toHaveText(/1/);
  await hers.click();
  await expect(message.getByRole('button', { name: /^You and Grace .* reacted/ })).toHaveText(/2/);
  await message.getByRole('button', { name: /reacted with 🎉/ }).click();
  await expect(hers).toHaveAccessibleName('You reacted with 🎉');
  await expect(hers).toHaveText(/1/);
});

test('recently used emoji are offered first', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('one');
  await screen.say('two');
  const react = async (text: string) => {
    await screen.message(text).hover();
    await screen.message(text).getByRole('button', { name: 'Add a reaction' }).first().click();
  };
  await react('one');
  const search = page.getByRole('searchbox', { name: 'Search emoji' });
  await search.fill('red apple');
  await expect(page.getByRole('gridcell', { name: 'Red apple' })).toBeVisible();
  await search.press('Enter');
  await expect(screen.message('one').getByRole('button', { name: /🍎/ })).toBeVisible();
  await react('two');
  await page.getByRole('button', { name: 'React with 🍎' }).click();
  await expect(screen.message('two').getByRole('button', { name: /🍎/ })).toBeVisible();
});

test('emoji are loaded from our own server only', async ({ visitor, baseURL }) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('where from?');
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await screen.message('where from?').hover();
  await screen.message('where from?').getByRole('button', { name: 'Add a reaction' }).click();
  await expect(page.getByRole('gridcell', { name: 'Grinning face', exact: true })).toBeVisible();
  expect([...hosts]).toEqual([new URL(baseURL ?? '').host]);
});
