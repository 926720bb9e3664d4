import type { Page } from '@playwright/test';
import { User } from '../../protocol/models.ts';
import {
  expect,
  expectAccessible,
  type MakeVisitor,
  test,
  type Visitor,
} from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

const GONE_WITHIN_MS = 30_000;
const THEMES = ['light', 'dark'] as const;

async function expectAccessibleInBoth(page: Page): Promise<void> {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** The presence beside someone in the list of direct messages. */
function presenceInList(page: Page, { name }: Visitor) {
  const link = page.getByRole('link', { name, exact: true });
  return page.getByRole('listitem').filter({ has: link }).getByRole('img');
}

/** Ada has the direct group with Grace open, and Grace another one. */
async function apart(visitor: MakeVisitor) {
  const people = await pair(visitor, 'Presence everywhere');
  const { ada, grace, group } = people;
  const direct = await ada.createDirect([grace]);
  await ada.post(direct.id, 'hello');
  await openGroup(ada.page, direct.id);
  const inList = presenceInList(ada.page, grace);
  await expect(inList).toHaveCount(0);
  await openGroup(grace.page, group.id);
  await expect(inList).toHaveAccessibleName('Online');
  const inHeader = ada.page.getByRole('heading', { level: 1 }).getByRole('img');
  return { ...people, inList, inHeader };
}

test('the list of direct messages and their headers show who is there, in whatever group', async ({
  visitor,
}) => {
  const { ada, grace, inList, inHeader } = await apart(visitor);
  await expect(inHeader).toHaveAccessibleName('Online');
  await expectAccessibleInBoth(ada.page);
  await grace.page.close();
  await expect(inList).toHaveCount(0, { timeout: GONE_WITHIN_MS });
  await expect(inHeader).toHaveCount(0);
});

test('paused notifications show as do not disturb everywhere, until they are resumed', async ({
  visitor,
}) => {
  const { ada, grace, group, inList, inHeader } = await apart(visitor);
  const menu = grace.page.getByRole('button', { name: new RegExp(grace.name) });
  await menu.click();
  await grace.page.getByRole('menuitem', { name: 'Pause notifications' }).click();
  await grace.page.getByRole('menuitem', { name: 'For an hour' }).click();
  await expect(inList).toHaveAccessibleName('Do not disturb');
  await expect(inHeader).toHaveAccessibleName('Do not disturb');
  // The Room of the other group knows it too.
  await openGroup(ada.page, group.id);
  await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
  const details = ada.page.getByRole('complementary', { name: 'Group details' });
  await expect(details.getByRole('img', { name: 'Do not disturb' })).toBeVisible();

  await menu.click();
  await grace.page.getByRole('menuitem', { name: 'Pause notifications' }).click();
  await expect(grace.page.getByText(/Paused until/)).toBeVisible();
  await expectAccessibleInBoth(grace.page);
  await grace.page.getByRole('menuitem', { name: 'Resume now' }).click();
  await expect(inList).toHaveAccessibleName('Online');
  await expect(details.getByRole('img', { name: 'Do not disturb' })).toHaveCount(0);
});

test('a schedule is set in the settings, and shown on another device', async ({ visitor }) => {
  const ada = await visitor('Ada');
  await ada.page.goto('/settings/do-not-disturb');
  await ada.page.getByRole('switch', { name: 'Pause by a schedule' }).click();
  await ada.page.getByLabel('From').fill('23:15');
  await ada.page.getByRole('button', { name: 'Sun' }).click();
  await expect(ada.page.getByRole('button', { name: 'Sun' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expectAccessibleInBoth(ada.page);
  const other = await ada.context.newPage();
  await other.goto('/settings/do-not-disturb');
  await expect(other.getByLabel('From')).toHaveValue('23:15');
  await expect(other.getByRole('button', { name: 'Mon' })).toHaveAttribute('aria-pressed', 'true');
  await other.getByRole('switch', { name: 'Pause by a schedule' }).click();
  await expect(ada.page.getByLabel('From')).toHaveCount(0);
});

test('a name opens the card of a person, who can be mentioned and written to', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Cards');
  await grace.post(group.id, 'who is this?');
  await openGroup(grace.page, group.id);
  // Her browser says it after its first frame.
  const timeZone = async () => (await grace.api('GET', '/api/users/me')).as(User).timeZone;
  await expect.poll(timeZone, { timeout: GONE_WITHIN_MS }).toBeDefined();
  const screen = await openGroup(ada.page, group.id);
  const card = ada.page.getByRole('dialog', { name: grace.name });
  // What opens cards is loaded after the first frame.
  await expect(async () => {
    await screen.message('who is this?').getByText(grace.name).click();
    await expect(card).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(card.getByText(/local time/)).toBeVisible();
  await expect(card.getByRole('link', { name: 'Cards' })).toBeVisible();
  await expectAccessibleInBoth(ada.page);
  await ada.page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);

  await screen.message('who is this?').hover();
  await screen.message('who is this?').getByRole('button', { name: 'More actions' }).click();
  await ada.page.getByRole('menuitem', { name: `About ${grace.name}` }).press('Enter');
  await card.getByRole('button', { name: 'Mention' }).click();
  await expect(screen.composer).toBeFocused();
  await expect(screen.composer).toHaveValue(`@${grace.name} `);
  await ada.page.keyboard.type('hello');
  await ada.page.keyboard.press('Enter');
  await expect(screen.timeline.locator(`[data-mention="${grace.userId}"]`)).toBeVisible();

  await screen.timeline.locator(`[data-mention="${grace.userId}"]`).click();
  await card.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(ada.page.getByRole('heading', { level: 1, name: grace.name })).toBeVisible();
  await expect(card).toHaveCount(0);
});

test('the directory finds people by name and handle, and opens their cards; on a phone too', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace', { viewport: { width: 390, height: 844 } });
  await ada.api('GET', '/api/users/me');
  await grace.page.goto('/');
  await grace.page.getByRole('button', { name: new RegExp(grace.name) }).click();
  await grace.page.getByRole('menuitem', { name: 'People' }).click();
  const search = grace.page.getByRole('searchbox', { name: 'Search people' });
  await search.fill(ada.name);
  await expect(grace.page.getByRole('main').getByRole('listitem')).toHaveCount(1);
  await expectAccessibleInBoth(grace.page);
  await grace.page.getByRole('button', { name: new RegExp(ada.name) }).click();
  await expect(grace.page.getByRole('dialog', { name: ada.name })).toBeVisible();
  await expectAccessibleInBoth(grace.page);
  await grace.page.getByRole('button', { name: 'Close' }).click();
  await expect(grace.page.getByRole('button', { name: new RegExp(ada.name) })).toBeFocused();
  await search.fill('nobody has this name');
  await expect(grace.page.getByText(/No one found/)).toBeVisible();
  await grace.page.getByRole('button', { name: 'Show everyone' }).click();
  await expect(grace.page.getByRole('main').getByRole('listitem').first()).toBeVisible();
});

test('an answer with my old name that comes after the change of my name changes nothing', async ({
  visitor,
  baseURL,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Late answer');
  const { page, name } = grace;
  const isLate = Promise.withResolvers<void>();
  await page.route('/api/users/me', async (route) => {
    const response = await route.fetch();
    await isLate.promise;
    await route.fulfill({ response });
  });
  const screen = await openGroup(page, group.id);
  const me = page.getByRole('button', { name: new RegExp(`^${name}`) });
  await expect(me).toBeVisible();
  const renamed = `Renamed ${name}`;
  await grace.context.request.patch('/__clerk/v1/me', {
    headers: { origin: new URL(baseURL ?? '').origin },
    form: { first_name: renamed, last_name: '' },
  });
  const changed = page.getByRole('button', { name: new RegExp(`^${renamed}`) });
  await expect(changed).toBeVisible();
  isLate.resolve();
  // By then an answer that counts would be there.
  await ada.post(group.id, 'later');
  await expect(screen.message('later')).toBeVisible();
  await expect(changed).toBeVisible();
});

/** One red pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

test('a changed name and picture appear everywhere at once', async ({ visitor, baseURL }) => {
  const { ada, grace, group } = await pair(visitor, 'Renamed');
  const direct = await ada.createDirect([grace]);
  await ada.post(direct.id, 'hello');
  await grace.post(group.id, `from <@${grace.userId}>`);
  const screen = await openGroup(ada.page, group.id);
  const link = ada.page.getByRole('link', { name: grace.name, exact: true });
  await expect(link).toBeVisible();
  await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
  await openGroup(grace.page, group.id);

  const headers = { origin: new URL(baseURL ?? '').origin };
  const renamed = `Renamed ${grace.name}`;
  await grace.context.request.patch('/__clerk/v1/me', {
    headers,
    form: { first_name: renamed, last_name: '' },
  });
  await expect(ada.page.getByRole('link', { name: renamed, exact: true })).toBeVisible();
  await expect(screen.timeline.locator(`[data-person="${grace.userId}"]`).last()).toHaveText(
    renamed,
  );
  await expect(screen.timeline.getByText(`@${renamed}`)).toBeVisible();
  const details = ada.page.getByRole('complementary', { name: 'Group details' });
  await expect(details.getByText(renamed)).toBeVisible();
  await expect(grace.page.getByRole('button', { name: new RegExp(`^${renamed}`) })).toBeVisible();

  await grace.context.request.post('/__clerk/v1/me/profile_image', {
    headers,
    multipart: { file: { name: 'me.png', mimeType: 'image/png', buffer: PICTURE } },
  });
  await expect(screen.timeline.locator(`[data-person="${grace.userId}"] img`)).toBeVisible();
  await expect(details.locator(`[data-person="${grace.userId}"] img`)).toBeVisible();
  await expect(
    ada.page.getByRole('link', { name: renamed, exact: true }).locator('img'),
  ).toBeVisible();
});
