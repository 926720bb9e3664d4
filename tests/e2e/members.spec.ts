import { MEMBERS_IN_STATE, PAGE_MAX } from '../../protocol/limits.ts';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { signIn } from '../support/person.ts';
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
  // What stands below the members moves when one of them comes.
  await expect(ada.page.getByRole('heading', { name: 'Online 2' })).toBeVisible();
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

test('the members of a large group are loaded as they are scrolled, and found by name', async ({
  visitor,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const ada = await visitor('Ada');
  const group = await ada.createGroup({ name: 'Crowd' });
  const nameOf = (nth: number) => `Crowd ${1000 + nth}`;
  const people = Array.from({ length: MEMBERS_IN_STATE + 10 }, (_, nth) => nameOf(nth));
  for (let at = 0; at < people.length; at += 10) {
    const some = people.slice(at, at + 10).map((name) => signIn(baseURL ?? '', name));
    for (const person of await Promise.all(some)) await person.join(group.id);
  }
  const asked: string[] = [];
  ada.page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === `/api/groups/${group.id}/members`) asked.push(search);
  });
  await ada.page.goto(`/g/${group.id}?panel=details`);
  const list = ada.page.getByRole('region', { name: 'Details and members' });
  await expect(list.getByRole('button', { name: nameOf(0), exact: true })).toBeAttached();
  expect(asked).toEqual([`?query=&limit=${PAGE_MAX}`]);

  const last = list.getByRole('button', { name: nameOf(people.length - 1), exact: true });
  await expect(async () => {
    await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(last).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(asked).toHaveLength(Math.ceil((people.length + 1) / PAGE_MAX));
  await expect(list.getByRole('button', { name: 'Show more' })).toHaveCount(0);

  await list.evaluate((element) => element.scrollTo({ top: 0 }));
  await list.getByRole('searchbox', { name: 'Search members' }).fill('crowd 120');
  await expect(list.getByRole('button', { name: 'Crowd 1200', exact: true })).toBeVisible();
  await expect(list.getByRole('button', { name: /^Crowd 1[01]/ })).toHaveCount(0);
  await expectAccessible(ada.page);
  await list.getByRole('searchbox', { name: 'Search members' }).fill('nobody');
  await expect(list.getByRole('status')).toHaveText('Nobody’s name begins like this.');
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
