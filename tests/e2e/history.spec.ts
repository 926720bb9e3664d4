import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { type GroupScreen, groupScreen, openGroup } from './group-screen.ts';
import { leaveTheEnd } from './leave-the-end.ts';
import { pair } from './pair.ts';
import { sayMany } from './say-many.ts';
import { watchForJumps } from './watch-for-jumps.ts';

for (const { pages, delayMs } of [
  { pages: 'come at once', delayMs: 0 },
  { pages: 'come when the reader waits for them', delayMs: 1_500 },
]) {
  test(`older messages load while scrolling, and no row moves when they ${pages}`, async ({
    visitor,
  }) => {
    const ada = await visitor('Ada');
    const { page } = ada;
    const group = await ada.createGroup({ name: 'Long story' });
    await sayMany(ada, group.id, 130);
    await page.route(/\/api\/messages\?.*before=/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await route.continue();
    });
    const screen = await openAtEnd(page, group.id, 130);

    const jumps = await watchForJumps(page);
    await screen.timeline.hover();
    const beginning = page.getByRole('heading', { name: 'This is the beginning of Long story' });
    await expect(async () => {
      await page.mouse.wheel(0, -300);
      await expect(beginning).toBeInViewport({ timeout: 50 });
    }).toPass({ intervals: [16], timeout: 90_000 });
    expect(await jumps()).toEqual([]);
    await expect(screen.message('line 1')).toBeVisible();
    expect(await screen.timeline.getByRole('article').count()).toBeLessThan(100);
  });
}

test('older messages load until the page is full, also where many of them are one line', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const group = await ada.createGroup({ name: 'Name 0' });
  await ada.post(group.id, 'before');
  for (let name = 1; name <= 230; name += 1) {
    await ada.api('PATCH', `/api/groups/${group.id}`, { name: `Name ${name}` });
  }
  const screen = await openGroup(ada.page, group.id);
  await expect(screen.timeline.getByText('renamed the group to “Name 230”')).toBeVisible();
  await expect(screen.message('before')).toBeVisible();
  await expect(ada.page.getByRole('heading', { name: /^This is the beginning/ })).toBeVisible();
});

/** Opens a group with this many lines, at the last of them. */
async function openAtEnd(page: Page, groupId: string, lines: number): Promise<GroupScreen> {
  const screen = await openGroup(page, groupId);
  await expect(screen.message(`line ${lines}`)).toBeInViewport();
  return screen;
}

test('a reader of older messages stays there when a message arrives, and is notified', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Looking back');
  const { page } = ada;
  await sayMany(ada, group.id, 40);
  const screen = await openAtEnd(page, group.id, 40);
  await screen.timeline.hover();
  await leaveTheEnd(page);

  const jumps = await watchForJumps(page);
  await grace.post(group.id, 'look here');
  await page.getByRole('button', { name: '1 new message, jump to newest' }).waitFor();
  expect(await jumps()).toEqual([]);
  await expect(screen.message('look here')).not.toBeInViewport();
  await page.getByRole('button', { name: '1 new message, jump to newest' }).click();
  await expect(screen.message('look here')).toBeInViewport();
  await expect(page.getByRole('button', { name: /jump to newest/i })).toHaveCount(0);
});

test('a reader at the end sticks to it, and sending a message leads there', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Following');
  const { page } = ada;
  await sayMany(grace, group.id, 40);
  const screen = await openAtEnd(page, group.id, 40);
  await grace.post(group.id, 'follow me');
  await expect(screen.message('follow me')).toBeInViewport();

  await screen.timeline.hover();
  await leaveTheEnd(page);
  await groupScreen(page).say('my own words');
  await expect(screen.message('my own words')).toBeInViewport();
});

test('returning to a group restores the place that was read', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Bookmarked' });
  await ada.createGroup({ name: 'Elsewhere' });
  await sayMany(ada, group.id, 40);
  const screen = await openAtEnd(page, group.id, 40);
  await leaveTheEnd(page, 1_200);
  const seen = await screen.timeline
    .getByRole('article')
    .filter({ hasText: 'line 25' })
    .boundingBox();

  await page.getByRole('link', { name: /Elsewhere/ }).click();
  await expect(page).toHaveTitle('Elsewhere · Edgewise');
  await page.getByRole('link', { name: /Bookmarked/ }).click();
  await expect
    .poll(() => screen.timeline.getByRole('article').filter({ hasText: 'line 25' }).boundingBox())
    .toEqual(seen);
  await page.keyboard.press('Escape');
  await expect(screen.message('line 40')).toBeInViewport();
});
