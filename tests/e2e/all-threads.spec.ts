import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

const PHONE = { width: 390, height: 844 };

/** The page of the threads of all groups, and the way there. */
function threadsOn(page: Page) {
  return {
    link: page.getByRole('link', { name: /^Threads/ }),
    cards: page.getByRole('article'),
    card: (text: string) => page.getByRole('article').filter({ hasText: text }),
    panel: page.getByRole('complementary', { name: 'Thread', exact: true }),
  };
}

async function expectAccessibleInBoth(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

test('a reply in another group shows at once in the list and on the page, and is read in its thread', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Engines');
  const trip = await grace.createGroup({ name: 'Trip', memberIds: [ada.userId] });
  const tent = await ada.post(trip.id, 'Who brings the tent?');
  const release = await ada.post(group.id, 'When is the release?');
  await grace.post(group.id, 'On Thursday', { parentId: release.id });
  const { page } = ada;
  const { link, cards, card, panel } = threadsOn(page);
  await openGroup(page, group.id);
  await expect(link).toHaveText(/1 unread/);
  await link.click();
  await expect(page).toHaveTitle(/Threads · Edgewise$/);
  await expect(cards).toHaveCount(1);

  await grace.post(trip.id, 'I do', { parentId: tent.id });
  await expect(link).toHaveText(/2 unread/);
  await grace.post(group.id, 'In the morning', { parentId: release.id });
  await expect(card('When is the release?')).toContainText('2 new');
  await expect(card('When is the release?')).toContainText('In the morning');
  await expect(cards).toHaveCount(1);
  await page.getByRole('button', { name: '1 new thread' }).click();
  await expect(cards).toHaveCount(2);
  await expect(cards.first()).toContainText('When is the release?');
  await expect(cards.last()).toContainText('I do');
  await expectAccessibleInBoth(page);

  await card('Who brings the tent?').getByRole('button', { name: 'Open thread' }).click();
  await expect(page).toHaveURL(`/g/${trip.id}?thread=${tent.id}`);
  await expect(panel.getByText('I do')).toBeVisible();
  await expect(panel.getByText('New', { exact: true })).toBeVisible();
  await expect(link).toHaveText(/1 unread/);
  await page.goBack();
  await expect(cards.first()).toContainText('When is the release?');
  await expect(card('Who brings the tent?')).not.toContainText('new');
});

test('an edit and a deletion of what was read show on an open card at once', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Edited');
  const root = await ada.post(group.id, 'Root');
  const reply = await grace.post(group.id, 'Reply', { parentId: root.id });
  const last = await grace.post(group.id, 'Last', { parentId: root.id });
  const { page } = ada;
  const { card } = threadsOn(page);
  await page.goto('/threads');
  await card('Root').getByRole('button', { name: 'Mark as read' }).click();
  await expect(card('Root')).not.toContainText('new');
  const path = (id: string) => `/api/messages/${id}?groupId=${group.id}`;
  await grace.api('PATCH', path(reply.id), { content: 'Another' });
  await expect(card('Root')).toContainText('Another');
  await grace.api('DELETE', path(last.id));
  await expect(card('Root')).not.toContainText('Last');
  await ada.api('PATCH', path(root.id), { content: 'Rood' });
  await expect(card('Rood')).toContainText('Another');
});

test('"back" from a thread leads to the same place of the list', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Back');
  for (let count = 0; count < 25; count += 1) {
    const root = await ada.post(group.id, `Root ${count}.`);
    await grace.post(group.id, 'Reply', { parentId: root.id });
  }
  const { page } = ada;
  const { card, cards, panel, link } = threadsOn(page);
  await page.goto('/threads');
  await page.getByRole('button', { name: /more/i }).click();
  await expect(cards).toHaveCount(25);
  await card('Root 2.').scrollIntoViewIfNeeded();
  const before = await card('Root 2.').boundingBox();
  await card('Root 2.').getByRole('button', { name: 'Open thread' }).click();
  await expect(panel.getByText('Reply', { exact: true })).toBeVisible();
  await expect(link).toHaveText(/24 unread/);
  await page.goBack();
  await expect(cards).toHaveCount(25);
  await expect(card('Root 2.')).not.toContainText('new');
  await expect
    .poll(async () => Math.abs(((await card('Root 2.').boundingBox())?.y ?? 0) - (before?.y ?? 0)))
    .toBeLessThan(40);
  // The link in the list leads to a new visit.
  const list = page.getByRole('navigation', { name: 'Groups' });
  await list.getByRole('link', { name: 'Back', exact: true }).click();
  await link.click();
  await expect(card('Root 24.')).toBeInViewport();
});

test('reading a thread on one device clears it on the other', async ({ visitor, stranger }) => {
  const { ada, grace, group } = await pair(visitor, 'Two devices');
  const root = await ada.post(group.id, 'Root');
  await grace.post(group.id, 'Reply', { parentId: root.id });
  const { page } = ada;
  const laptop = threadsOn(page);
  await page.goto('/threads');
  await expect(laptop.link).toHaveText(/1 unread/);

  const phone = await stranger({ viewport: PHONE, storageState: await ada.context.storageState() });
  const onPhone = threadsOn(phone.page);
  await phone.page.goto('/threads');
  await onPhone.card('Root').getByRole('button', { name: 'Mark as read' }).click();
  await expect(onPhone.card('Root')).not.toContainText('new');
  await expect(laptop.card('Root')).not.toContainText('new');
  await expect(laptop.link).not.toHaveText(/unread/);

  await grace.post(group.id, 'Once more', { parentId: root.id });
  await expect(laptop.card('Root')).toContainText('1 new');
  await expect(onPhone.card('Root')).toContainText('1 new');
  await laptop.card('Root').getByRole('button', { name: 'Open thread' }).click();
  await expect(onPhone.card('Root')).not.toContainText('1 new');
});

test('the keyboard moves over the threads and opens one', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Keys');
  for (const name of ['One', 'Two', 'Three']) {
    const root = await ada.post(group.id, name);
    await grace.post(group.id, `Reply to ${name}`, { parentId: root.id });
  }
  const { page } = ada;
  await page.goto('/threads');
  const { cards, panel } = threadsOn(page);
  await expect(cards).toHaveCount(3);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(cards.nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(cards.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Reply to Two')).toBeVisible();
});

test('a thread is followed no more from its card, and then does not come back', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Quiet');
  const root = await ada.post(group.id, 'Too much talk');
  await grace.post(group.id, 'talk', { parentId: root.id });
  const { page } = ada;
  await page.goto('/threads');
  const { card, cards, link } = threadsOn(page);
  await card('Too much talk').getByRole('button', { name: 'Thread options' }).click();
  await page.getByRole('menuitem', { name: 'Stop following' }).click();
  await expect(card('Too much talk')).toContainText('You do not follow this thread any more.');
  await grace.post(group.id, 'more talk', { parentId: root.id });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'No threads yet' })).toBeVisible();
  await expect(cards).toHaveCount(0);
  await expect(link).not.toHaveText(/unread/);
  await expectAccessibleInBoth(page);
});

test.describe('without a network', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load resource|WebSocket/] });

  test('the page shows the threads of the last visit', async ({ visitor }) => {
    const { ada, grace, group } = await pair(visitor, 'Offline', { serviceWorkers: 'allow' });
    const root = await ada.post(group.id, 'Kept root');
    await grace.post(group.id, 'Kept reply', { parentId: root.id });
    const { page } = ada;
    await openGroup(page, group.id);
    const { link, card } = threadsOn(page);
    await link.click();
    await expect(card('Kept root')).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await ada.context.setOffline(true);
    const bar = page.getByText(/^Offline, as of [^.]+\.$/);
    await expect(bar).toBeVisible({ timeout: 20_000 });
    await page.reload();
    await expect(bar).toBeVisible({ timeout: 20_000 });
    await expectAccessibleInBoth(page);
    await expect(card('Kept root')).toContainText('Kept reply');
    await ada.context.setOffline(false);
    await expect(bar).toBeHidden();
  });
});

test('on a phone the page fills the screen, and leads back to the list', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Phone', { viewport: PHONE, hasTouch: true });
  const root = await ada.post(group.id, 'Root');
  await grace.post(group.id, 'Reply', { parentId: root.id });
  const { page } = ada;
  await page.goto('/');
  const { link, card, panel } = threadsOn(page);
  await link.click();
  await expect(card('Root')).toBeVisible();
  await expect(link).toBeHidden();
  await expectAccessibleInBoth(page);
  await card('Root').getByText('Reply').click();
  await expect(panel.getByText('Reply', { exact: true })).toBeVisible();
  await page.goBack();
  await expect(card('Root')).toBeVisible();
  await page.getByRole('link', { name: 'Back to your groups' }).click();
  await expect(link).toBeVisible();
});
