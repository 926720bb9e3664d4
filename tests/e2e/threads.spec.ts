import type { Locator, Page } from '@playwright/test';
import * as z from 'zod/mini';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { choose, pair } from './pair.ts';

/** The open thread on a page. */
function threadOn(page: Page) {
  const panel = page.getByRole('complementary', { name: 'Thread', exact: true });
  const field = panel.getByRole('textbox', { name: 'Reply in this thread' });
  return {
    panel,
    field,
    /** The root or replies with exactly this text. */
    message: (text: string) =>
      panel.getByRole('article').filter({ has: page.getByText(text, { exact: true }) }),
    async reply(text: string): Promise<void> {
      await field.fill(text);
      await field.press('Enter');
      await expect(field).toHaveValue('');
    },
  };
}

test('two people chat in a thread beside the timeline, and the timeline only counts the replies', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Engines');
  const root = await ada.post(group.id, 'Which cards?');
  const hers = await openGroup(ada.page, group.id);
  await grace.page.goto(`/g/${group.id}?thread=${root.id}`);
  const theirs = threadOn(grace.page);
  await expect(theirs.message('Which cards?')).toBeVisible();
  await theirs.reply('The blue ones.');
  await expect(hers.timeline.getByRole('button', { name: /1 reply/ })).toBeVisible();
  await expect(hers.message('The blue ones.')).toHaveCount(0);

  await hers.timeline.getByRole('button', { name: /1 reply/ }).click();
  const mine = threadOn(ada.page);
  await expect(mine.message('The blue ones.')).toBeVisible();
  await mine.reply('I have them.');
  await expect(theirs.message('I have them.')).toHaveCount(1);
  await expectAccessible(ada.page);

  await ada.page.keyboard.press('Escape');
  await expect(mine.panel).toHaveCount(0);
  await expect(hers.timeline.getByRole('button', { name: /2 replies/ })).toBeVisible();
});

test('a reply that is also sent to the group shows in both', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Both' });
  const root = await ada.post(group.id, 'Where?');
  await page.goto(`/g/${group.id}?thread=${root.id}`);
  const thread = threadOn(page);
  await thread.panel.getByRole('checkbox', { name: 'Also send to Both' }).check();
  await thread.reply('Here.');
  await expect(thread.message('Here.')).toHaveCount(1);
  await expect(page.getByRole('main').getByText('Here.', { exact: true })).toBeVisible();
  await expect(thread.panel.getByRole('checkbox', { name: 'Also send to Both' })).not.toBeChecked();
});

test('a reply that was also sent to the group names its thread there, and opens it at the reply', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Pointers');
  const { page } = ada;
  const { id: parentId } = await ada.post(group.id, 'Which cards?');
  await grace.post(group.id, 'The blue ones.', { parentId, alsoToGroup: true });
  for (let n = 1; n <= 30; n += 1) await ada.post(group.id, `more ${n}`, { parentId });
  const { timeline } = await openGroup(page, group.id);
  const reply = timeline.getByRole('article').filter({ hasText: 'The blue ones.' });
  await reply.getByRole('button', { name: 'replied to a thread: Which cards?' }).click();
  const thread = threadOn(page);
  await expect(thread.message('The blue ones.')).toBeInViewport();
  await expect(thread.message('more 30')).not.toBeInViewport();

  await thread.panel.getByRole('button', { name: 'Close thread' }).click();
  await expect(thread.panel).toHaveCount(0);
  await choose(page, reply, 'Open thread');
  await expect(thread.message('The blue ones.')).toBeInViewport();
});

test('a thread shows its root at the top, and in the middle of many replies the beginning of it', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const group = await ada.createGroup({ name: 'Tops' });
  const few = await ada.post(group.id, 'Few?');
  await ada.post(group.id, 'one', { parentId: few.id });
  const many = await ada.post(group.id, 'Many?');
  for (let n = 1; n <= 40; n += 1) await ada.post(group.id, `more ${n}`, { parentId: many.id });
  const { page } = ada;
  const { panel, message } = threadOn(page);
  const header = panel.getByRole('heading', { name: /^Thread/ });
  const below = async (it: Locator) =>
    ((await it.boundingBox())?.y ?? 0) - ((await header.boundingBox())?.y ?? 0);

  await page.goto(`/g/${group.id}?thread=${few.id}`);
  await expect(message('one')).toBeVisible();
  expect(await below(message('Few?'))).toBeLessThan(110);

  await page.goto(`/g/${group.id}?thread=${many.id}`);
  await expect(message('more 40')).toBeInViewport();
  const beginning = panel.locator('bdi', { hasText: 'Many?' });
  expect(await below(beginning)).toBeLessThan(60);
  await panel.getByRole('log').focus();
  await page.keyboard.press('Home');
  await expect(message('Many?')).toBeInViewport();
  await expect(beginning).toHaveCount(0);

  await panel.getByRole('button', { name: 'All threads' }).click();
  const list = page.getByRole('complementary', { name: 'Threads' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
});

test('a thread keeps a draft of its own', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Drafts' });
  const root = await ada.post(group.id, 'Begin');
  await page.goto(`/g/${group.id}?thread=${root.id}`);
  const thread = threadOn(page);
  await thread.field.fill('half a reply');
  await page.getByRole('textbox', { name: 'Message Drafts' }).fill('half a message');
  await thread.panel.getByRole('button', { name: 'Close thread' }).click();
  await expect(thread.panel).toHaveCount(0);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await page.goto(`/g/${group.id}?thread=${root.id}`);
  await expect(thread.field).toHaveValue('half a reply');
  await expect(page.getByRole('textbox', { name: 'Message Drafts' })).toHaveValue('half a message');
});

test('threads with unread replies are listed first, and counted until they are read', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  const group = await ada.createGroup({ name: 'Unread' });
  await grace.join(group.id);
  const first = await ada.post(group.id, 'First root');
  const second = await ada.post(group.id, 'Second root');
  await grace.post(group.id, 'To the first', { parentId: first.id });
  await ada.post(group.id, 'Read by writing', { parentId: second.id });
  await openGroup(ada.page, group.id);
  const button = ada.page.getByRole('button', { name: 'Threads', exact: true });
  await expect(button.locator('..')).toContainText('1 unread');
  await button.click();
  const rows = ada.page.getByRole('complementary', { name: 'Threads' }).getByRole('listitem');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('First root');
  await expect(rows.first()).toContainText('1 new');
  await expect(rows.last()).not.toContainText('new');

  await rows.first().getByRole('button').click();
  await expect(threadOn(ada.page).message('To the first')).toBeVisible();
  await expect(button.locator('..')).not.toContainText('unread');
});

test('an unfollowed thread is not listed, and stays unfollowed', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Quiet');
  const { page } = ada;
  const root = await ada.post(group.id, 'Too much talk');
  await grace.post(group.id, 'talk', { parentId: root.id });
  await page.goto(`/g/${group.id}?thread=${root.id}`);
  const { panel } = threadOn(page);
  await panel.getByRole('button', { name: 'Stop following this thread' }).click();
  await expect(panel.getByRole('button', { name: 'Follow this thread' })).toBeVisible();
  await grace.post(group.id, 'more talk', { parentId: root.id });
  await expect(threadOn(page).message('more talk')).toBeVisible();
  const list = z.object({ items: z.array(z.unknown()) });
  await expect
    .poll(async () => (await ada.api('GET', `/api/threads?groupId=${group.id}`)).as(list).items)
    .toEqual([]);
  await page.reload();
  await expect(panel.getByRole('button', { name: 'Follow this thread' })).toBeVisible();
});

test('a missing thread says so', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Gone' });
  await page.goto(`/g/${group.id}?thread=01890000-0000-7000-8000-000000000000`);
  await expect(threadOn(page).panel.getByText('This thread is gone')).toBeVisible();
});

test('on a phone a thread fills the screen, and going back closes it', async ({ visitor }) => {
  const ada = await visitor('Ada', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Pocket' });
  const root = await ada.post(group.id, 'Small');
  await ada.post(group.id, 'Smaller', { parentId: root.id });
  const screen = await openGroup(page, group.id);
  await screen.timeline.getByRole('button', { name: /1 reply/ }).tap();
  const thread = threadOn(page);
  await expect(thread.message('Smaller')).toBeVisible();
  expect(await thread.panel.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
  await expectAccessible(page);
  const back = thread.panel.getByRole('button', { name: 'Close thread' });
  expect((await back.boundingBox())?.x).toBeLessThan(20);
  await page.goBack();
  await expect(thread.panel).toHaveCount(0);
  await expect(screen.composer).toBeVisible();
});
