import type { Locator } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { choose, openPair } from './pair.ts';
import { sayMany } from './say-many.ts';

test('a link to an old message opens centred on it, and pages in both directions', async ({
  visitor,
}) => {
  let id = '';
  const { page, screen, group } = await openPair(visitor, async ({ ada, group }) => {
    await sayMany(ada, group.id, 60);
    ({ id } = await ada.post(group.id, 'the very place'));
    await sayMany(ada, group.id, 90);
  });
  await expect(screen.message('line 90')).toBeInViewport();
  await page.goto(`/g/${group.id}/m/${id}`);
  const place = screen.message('the very place');
  await expect(place).toBeInViewport();
  const [box, list] = [await place.boundingBox(), await screen.timeline.boundingBox()];
  const middle = (list?.y ?? 0) + (list?.height ?? 0) / 2;
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - middle)).toBeLessThan(60);

  await screen.timeline.hover();
  await expect(async () => {
    await page.mouse.wheel(0, 600);
    await expect(screen.message('line 90').last()).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [30], timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Jump to newest' })).toHaveCount(0);
});

test('a reader at an older place can jump to the newest, and messages that arrive meanwhile are not added below', async ({
  visitor,
}) => {
  let id = '';
  const { page, screen, group, grace } = await openPair(visitor, async ({ ada, group }) => {
    ({ id } = await ada.post(group.id, 'the very place'));
    await sayMany(ada, group.id, 120);
  });
  await page.goto(`/g/${group.id}/m/${id}`);
  await expect(screen.message('the very place')).toBeInViewport();
  await grace.post(group.id, 'the latest news');
  await expect(screen.message('the latest news')).toHaveCount(0);
  await page.getByRole('button', { name: /jump to newest/i }).click();
  await expect(screen.message('the latest news')).toBeInViewport();
  await expect(page).toHaveURL(new RegExp(`/g/${group.id}$`));
});

test('the flash of a jump differs from a mention and from a hovered message', async ({
  visitor,
}) => {
  let id = '';
  const { page, screen, group } = await openPair(visitor, async ({ ada, grace, group }) => {
    ({ id } = await grace.post(group.id, `look, <@${ada.userId}>`));
    await grace.post(group.id, 'nothing special');
  });
  const colour = (message: Locator) =>
    message.evaluate((element) => {
      for (const animation of element.getAnimations()) animation.finish();
      return getComputedStyle(element).backgroundColor;
    });
  const mention = screen.timeline.getByRole('article').filter({ hasText: 'look' });
  await expect(mention).toBeVisible();
  const tint = await colour(mention);
  await screen.message('nothing special').hover();
  const hovered = await colour(screen.message('nothing special'));
  // The page may load for longer than the flash lasts.
  await page.goto(`/g/${group.id}/m/${id}`, { waitUntil: 'commit' });
  const seen = new Set<string>();
  const watch = { intervals: [100], timeout: 20_000 };
  await expect.poll(async () => seen.add(await colour(mention)).size, watch).toBe(2);
  expect([...seen]).toContain(tint);
  expect([...seen]).not.toContain(hovered);
});

test('a link to a message is followed within the page', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('what I meant');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await choose(page, screen.message('what I meant'), 'Copy link');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain('/m/');
  const link = await copied();
  await screen.say(link);
  await page.evaluate(() => Reflect.set(window, 'isSamePage', true));
  await screen.timeline.getByRole('link', { name: link }).click();
  await expect(page).toHaveURL(link);
  await expect(screen.message('what I meant')).toBeInViewport();
  expect(await page.evaluate(() => Reflect.get(window, 'isSamePage'))).toBe(true);
  expect(page.context().pages()).toHaveLength(1);
});

test('a link to a deleted message says so, and still shows the group', async ({ visitor }) => {
  const { page, screen, ada, group } = await openPair(visitor);
  const { id } = await ada.post(group.id, 'gone soon');
  await ada.post(group.id, 'still here');
  await ada.api('DELETE', `/api/messages/${id}?groupId=${group.id}`);
  await page.goto(`/g/${group.id}/m/${id}`);
  await expect(page.getByText('This message was deleted, or is not in this group.')).toBeVisible();
  await expect(screen.message('still here')).toBeVisible();
});
