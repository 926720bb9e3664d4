import type { Page } from '@playwright/test';
import { Invite } from '../../protocol/invites.ts';
import type { Group } from '../../protocol/models.ts';
import type { NewInvite } from '../../protocol/rest-requests.ts';
import { expect, expectAccessible, test, type Visitor } from '../support/browser.ts';
import { groupScreen } from './group-screen.ts';

/** The browser logs a code that does not work, and a request that the test breaks off. */
test.use({ expectedErrors: [/(status of 404|ERR_FAILED).*\/api\/invites/] });

/** A private group of a new user, and the path of an invitation to it. */
async function invited(
  ada: Visitor,
  body: Partial<NewInvite> = {},
): Promise<{ group: Group; path: string; code: string }> {
  const group = await ada.createGroup({ name: 'Engines', visibility: 'private' });
  const made = await ada.api('POST', `/api/groups/${group.id}/invites`, body);
  const { code } = made.as(Invite);
  return { group, code, path: `/invite/${code}` };
}

async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
}

test('an invited visitor continues as a demo person, and lands in the group', async ({
  visitor,
  stranger,
}) => {
  const ada = await visitor('Ada');
  const { group, path } = await invited(ada, { maxUses: 1 });
  const { page } = await stranger();
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'Join Engines' })).toBeVisible();
  await expect(page.getByText(`${ada.name} invites you to a group`)).toBeVisible();
  await expect(page.getByText('1 member.')).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Continue as Grace' }).click();
  await expect(page).toHaveURL(`/g/${group.id}`);
  await expect(groupScreen(page).timeline).toContainText('Grace joined');
  await groupScreen(page).say('Here I am');

  const late = await stranger();
  await late.page.goto(path);
  await expect(late.page.getByRole('heading', { name: /does not work/ })).toBeVisible();
  await expectAccessibleInBothThemes(late.page);
  // A link that does not work must not be where a sign-in leads to.
  await expect(late.page.getByRole('link', { name: 'Sign in' })).toHaveAttribute(
    'href',
    '/sign-in',
  );
});

test('an invited visitor signs up with a password, and lands in the group', async ({
  visitor,
  stranger,
}) => {
  const { group, path } = await invited(await visitor('Ada'));
  const { page } = await stranger();
  await page.goto(path);
  await expect(page.getByRole('heading', { name: 'Join Engines' })).toBeVisible();
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('First name').fill('Marie');
  await page.getByLabel('Last name').fill('Curie');
  await page.getByLabel('Email address').fill(`marie.${crypto.randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page).toHaveURL(`/g/${group.id}`);
  await expect(groupScreen(page).timeline).toContainText('Marie Curie joined');
});

test('a signed-in user joins with one press, and a member is led into the group', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { group, path } = await invited(ada);
  const { page, name } = await visitor('Grace');
  let isBroken = true;
  await page.route('**/api/invites/*', (route) => (isBroken ? route.abort() : route.continue()));
  await page.goto(path);
  await expect(page.getByRole('heading', { name: /cannot be shown/ })).toBeVisible();
  isBroken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(`${ada.name} invites you to this group.`)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole('button', { name: 'Join Engines' }).click();
  await expect(page).toHaveURL(`/g/${group.id}`);
  await expect(groupScreen(page).timeline).toContainText(`${name} joined`);
  await expect(page.getByRole('link', { name: 'Engines' })).toBeVisible();

  await page.goto(path);
  await expect(page).toHaveURL(`/g/${group.id}`);
});

test('an owner makes a link and copies it; nobody joins by it after it is revoked', async ({
  visitor,
}) => {
  const ada = await visitor('Ada', { permissions: ['clipboard-read', 'clipboard-write'] });
  const group = await ada.createGroup({ name: 'Engines', visibility: 'private' });
  await ada.page.goto(`/g/${group.id}?panel=details`);
  await ada.page.getByRole('button', { name: 'Invite by link' }).click();
  const dialog = ada.page.getByRole('dialog');
  await expect(dialog.getByText('None. Create one above.')).toBeVisible();
  await dialog.getByLabel('Works for').selectOption('1 day');
  await dialog.getByLabel('People who can join').selectOption('10');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await expect(dialog.getByText(`By ${ada.name} · 0 of 10 joined`)).toBeVisible();
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog.getByRole('button', { name: 'Link copied' })).toBeVisible();
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/invite\/[\w-]{22}$/);

  const { page } = await visitor('Grace');
  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Join Engines' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expectAccessibleInBothThemes(ada.page);
  await dialog.getByRole('button', { name: 'Revoke link' }).click();
  await expect(dialog.getByText('None. Create one above.')).toBeVisible();
  await page.getByRole('button', { name: 'Join Engines' }).click();
  await expect(page.getByRole('heading', { name: /does not work/ })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
