import { expect, expectAccessible, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';

test('a message from a member’s menu opens a conversation, which both have in their lists', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  const group = await ada.createGroup({ name: 'Engines' });
  await grace.join(group.id);
  await openGroup(ada.page, group.id);
  await ada.page.goto(`/g/${group.id}?panel=details`);
  await ada.page.getByRole('button', { name: `Options for ${grace.name}` }).click();
  await ada.page.getByRole('menuitem', { name: 'Message', exact: true }).click();

  const hers = groupScreen(ada.page);
  await expect(ada.page.getByRole('heading', { level: 1, name: grace.name })).toBeVisible();
  await expect(
    ada.page.getByText(`beginning of your conversation with ${grace.name}`),
  ).toBeVisible();
  await expect(hers.composer).toHaveAttribute('placeholder', `Message ${grace.name}`);
  await expect(ada.page).toHaveTitle(`${grace.name} · Edgewise`);
  await expect(ada.page.getByRole('link', { name: grace.name, exact: true })).toHaveCount(0);
  await expectAccessible(ada.page);
  await hers.say('just for you');
  await expect(hers.message('just for you')).toBeVisible();

  await grace.page.goto('/');
  await grace.page.getByRole('link', { name: ada.name, exact: true }).click();
  const graces = groupScreen(grace.page);
  await expect(graces.message('just for you')).toBeVisible();
  await graces.say('thank you');
  await expect(hers.message('thank you')).toBeVisible();
  await ada.page.reload();
  await expect(ada.page.getByRole('link', { name: grace.name, exact: true })).toBeVisible();
});

test('a conversation with several people is hidden by one of them, and comes back with a message', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  const linus = await visitor('Linus');
  for (const { api } of [grace, linus]) await api('GET', '/api/users/me');
  await ada.page.goto('/');
  // What is above the button moves it once it has loaded.
  await expect(ada.page.getByText('You are in no group yet')).toBeVisible();
  await ada.page.getByRole('button', { name: 'New message' }).click();
  const dialog = ada.page.getByRole('dialog', { name: 'New message' });
  for (const { name } of [linus, grace]) {
    await dialog.getByRole('combobox', { name: 'To' }).fill(name);
    await dialog.getByRole('option', { name }).click();
  }
  await expectAccessible(ada.page);
  await dialog.getByRole('button', { name: 'Start conversation' }).click();
  const both = [grace.name, linus.name].sort((a, b) => a.localeCompare(b)).join(' and ');
  const hers = groupScreen(ada.page);
  await expect(ada.page.getByRole('heading', { level: 1, name: both })).toBeVisible();
  await hers.say('shall we meet?');
  await expect(hers.message('shall we meet?')).toBeVisible();
  await ada.page.reload();
  const link = ada.page.getByRole('link', { name: both, exact: true });
  await expect(link).toBeVisible();

  await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(ada.page.getByRole('button', { name: 'Leave group' })).toHaveCount(0);
  await expect(ada.page.getByRole('button', { name: 'Add people' })).toHaveCount(0);
  await expectAccessible(ada.page);
  const { pathname } = new URL(ada.page.url());
  await ada.page.getByRole('button', { name: 'Hide conversation' }).click();
  await expect(ada.page).not.toHaveURL(new RegExp(pathname));
  await expect(link).toHaveCount(0);

  await grace.page.goto(pathname);
  await groupScreen(grace.page).say('at noon');
  await expect(groupScreen(grace.page).message('at noon')).toBeVisible();
  await ada.page.reload();
  await link.click();
  await expect(hers.message('at noon')).toBeVisible();
});
