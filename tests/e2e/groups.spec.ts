import { expect, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

test('a user creates a group with members, who find it in their lists', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  // A user can be added once they are in the directory.
  await grace.api('GET', '/api/users/me');
  await ada.page.goto('/');
  await ada.page.getByRole('button', { name: 'Create a group' }).first().click();
  await ada.page.getByLabel('Name', { exact: true }).fill('Analytical engine');
  await ada.page.getByLabel(/^Topic/).fill('Cogs and cards');
  await ada.page.getByRole('radio', { name: /Private/ }).check();
  await ada.page.getByRole('combobox').fill(grace.name);
  await ada.page.getByRole('option', { name: grace.name }).click();
  await ada.page.getByRole('button', { name: 'Create group' }).click();
  await expect(
    ada.page.getByRole('heading', { name: 'Analytical engine', level: 1 }),
  ).toBeVisible();
  await expect(groupScreen(ada.page).composer).toBeFocused();

  await grace.page.goto('/');
  await expect(grace.page.getByRole('link', { name: /Analytical engine/ })).toBeVisible();
  await expect(grace.page).toHaveTitle('Analytical engine · Edgewise');
});

test('a shared link leads a signed-out visitor through signing in and joining the group', async ({
  visitor,
  stranger,
  baseURL,
}) => {
  const ada = await visitor('Ada', { permissions: ['clipboard-read', 'clipboard-write'] });
  const group = await ada.createGroup({
    name: 'Open house',
    topic: 'Everybody is welcome',
  });
  const hers = await openGroup(ada.page, group.id);
  await ada.page.getByRole('button', { name: 'Copy the link to this group' }).click();
  const link = `${baseURL}/g/${group.id}`;
  await expect.poll(() => ada.page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const { page } = await stranger();
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue as Margaret' }).click();
  await expect(page.getByText('Everybody is welcome')).toBeVisible();
  await page.getByRole('button', { name: 'Join Open house' }).click();
  await groupScreen(page).say('Thank you for having me');
  await expect(hers.message('Thank you for having me')).toBeVisible();
});

test('a private group shows non-members nothing, and browsing does not list it', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const hidden = await ada.createGroup({ name: `Hidden ${ada.name}`, visibility: 'private' });
  const open = await ada.createGroup({ name: `Found ${ada.name}` });
  const grace = await visitor('Grace');
  await grace.page.goto(`/g/${hidden.id}`);
  await expect(grace.page.getByText('This group is not open to you')).toBeVisible();
  await expect(grace.page.getByText(hidden.name)).toHaveCount(0);

  await grace.page.goto('/browse');
  await grace.page.getByRole('searchbox').fill(hidden.name);
  await expect(grace.page.getByText('Nothing found')).toBeVisible();
  await grace.page.getByRole('searchbox').fill(open.name);
  await grace.page.getByRole('button', { name: `Join ${open.name}` }).click();
  await expect(grace.page.getByRole('heading', { name: open.name, level: 1 })).toBeVisible();
});

test('an owner changes name and topic for everyone, and a member cannot', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Old name');
  await openGroup(ada.page, group.id);
  await openGroup(grace.page, group.id);
  await grace.page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(
    grace.page.getByRole('button', { name: 'Edit name, topic and picture' }),
  ).toHaveCount(0);

  await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
  await ada.page.getByRole('button', { name: 'Edit name, topic and picture' }).click();
  await ada.page.getByLabel('Name', { exact: true }).fill('New name');
  await ada.page.getByLabel(/^Topic/).fill('Fresh start');
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await expect(grace.page.getByRole('heading', { name: 'New name', level: 1 })).toBeVisible();
  await expect(grace.page.getByText(/renamed the group to “New name”/)).toBeVisible();
  await expect(grace.page.getByRole('link', { name: /New name/ })).toBeVisible();
});

test('a member who leaves a group is out of it, and can join again at once', async ({
  visitor,
}) => {
  const grace = await visitor('Grace');
  const ada = await visitor('Ada');
  const group = await ada.createGroup({ name: 'Revolving door' });
  await grace.join(group.id);
  await openGroup(grace.page, group.id);
  await grace.page.getByRole('button', { name: 'Details', exact: true }).click();
  await grace.page.getByRole('button', { name: 'Leave group' }).click();
  await grace.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(grace.page.getByRole('heading', { name: 'Start talking' })).toBeVisible();
  await expect(grace.page.getByRole('link', { name: /Revolving door/ })).toHaveCount(0);

  await grace.page.goBack();
  await grace.page.getByRole('button', { name: 'Join Revolving door' }).click();
  await groupScreen(grace.page).say('back again');
  await expect(groupScreen(grace.page).message('back again')).toBeVisible();
});
