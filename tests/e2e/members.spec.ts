import { expect, expectAccessible, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';

/** The browser logs that a former member, and everyone after a deletion, may read the group no more. */
test.use({ expectedErrors: [/status of 40[34].*\/api\/(groups|threads)/] });

test('an owner adds people, hands the group over and leaves; the new owner deletes it', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  await grace.api('GET', '/api/users/me');
  const group = await ada.createGroup({ name: 'Engines', visibility: 'private' });
  const hers = await openGroup(ada.page, group.id);
  await ada.page.goto(`/g/${group.id}?panel=details`);
  await expect(ada.page.getByText(/make someone else an owner first/)).toBeVisible();

  await ada.page.getByRole('button', { name: 'Add people' }).click();
  const dialog = ada.page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(grace.name);
  await dialog.getByRole('option', { name: grace.name }).click();
  await expectAccessible(ada.page);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(hers.timeline).toContainText(`added ${grace.name}`);

  await grace.page.goto(`/g/${group.id}`);
  await groupScreen(grace.page).say('I am here');
  await expect(hers.message('I am here')).toBeVisible();

  await ada.page.getByRole('button', { name: `Options for ${grace.name}` }).click();
  await ada.page.getByRole('menuitem', { name: 'Owner' }).click();
  await expect(hers.timeline).toContainText(`changed the role of ${grace.name} to owner`);
  await ada.page.getByRole('button', { name: 'Leave group' }).click();
  await ada.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(ada.page).toHaveURL('/');

  await grace.page.goto(`/g/${group.id}?panel=details`);
  // Above the button: it would move away from the pointer.
  await expect(grace.page.getByText(/make someone else an owner first/)).toBeVisible();
  await grace.page.getByRole('button', { name: 'Archive group' }).click();
  await expect(grace.page.getByText('This group is archived.')).toBeVisible();
  await grace.page.getByRole('button', { name: 'Restore group' }).click();
  await expect(groupScreen(grace.page).composer).toBeVisible();
  await grace.page.getByRole('button', { name: 'Delete group' }).click();
  const confirm = grace.page.getByRole('dialog').getByRole('button', { name: 'Delete group' });
  await expect(confirm).toBeDisabled();
  await grace.page.getByLabel('Name of the group').fill('Engines');
  await expectAccessible(grace.page);
  await confirm.click();
  await expect(grace.page).toHaveURL('/');
  await expect(grace.page.getByRole('link', { name: /Engines/ })).toHaveCount(0);
});

test('a removed member sees the group no more, and is told so', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  await grace.api('GET', '/api/users/me');
  const group = await ada.createGroup({ visibility: 'private', memberIds: [grace.userId] });
  await openGroup(grace.page, group.id);
  await ada.page.goto(`/g/${group.id}?panel=details`);
  await ada.page.getByRole('button', { name: `Options for ${grace.name}` }).click();
  await ada.page.getByRole('menuitem', { name: 'Remove from group' }).click();
  await ada.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(ada.page.getByText(`removed ${grace.name}`)).toBeVisible();
  await expect(grace.page.getByText(/not open to you/)).toBeVisible();
});
