import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { type Person, signIn } from '../support/person.ts';
import { groupScreen, openGroup } from './group-screen.ts';

/** So many requests at once: one after the other takes a minute for what people say in a day. */
const AT_ONCE = 10;

/** Says "line 1" to "line <count>", of different heights; about in order, and the last one last. */
async function sayMany(person: Person, groupId: string, count: number): Promise<void> {
  const say = async (line: number) => {
    const content = `line ${line}\n\n${'and on it goes '.repeat((line * 7) % 30)}`;
    const answer = await person.api('POST', '/api/messages', { groupId, content });
    expect(answer.status).toBe(201);
  };
  const lines = Array.from({ length: count - 1 }, (_, index) => index + 1);
  while (lines.length > 0) await Promise.all(lines.splice(0, AT_ONCE).map(say));
  await say(count);
}

/** From now on notes, after every frame, whether rows that are seen have moved against each other. */
async function watchForJumps(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const list = document.querySelector('[role=log]');
    if (!list) throw new Error('no timeline');
    const jumps: number[] = [];
    let last = new Map<string, number>();
    const look = (): void => {
      const { top, bottom } = list.getBoundingClientRect();
      const now = new Map<string, number>();
      for (const row of list.querySelectorAll('[data-message]')) {
        const box = row.getBoundingClientRect();
        if (box.bottom > top && box.top < bottom)
          now.set(row.getAttribute('data-message') ?? '', box.top);
      }
      const moves = [...now]
        .flatMap(([key, y]) => y - (last.get(key) ?? Number.NaN))
        .filter(Number.isFinite);
      const spread = Math.max(...moves) - Math.min(...moves);
      if (moves.length > 1 && spread > 1) jumps.push(spread);
      last = now;
      // After the frame was painted: before, the list may still be on its way.
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
    Object.assign(window, { jumps });
  });
  return () => page.evaluate(() => Reflect.get(window, 'jumps'));
}

test('older messages come as one scrolls, and no row moves while they do', async ({
  visitor,
  baseURL,
}) => {
  const { page, name } = await visitor('Ada');
  const ada = await signIn(baseURL ?? '', name);
  const group = await ada.createGroup({ name: 'Long story' });
  await sayMany(ada, group.id, 130);
  const screen = await openGroup(page, group.id);
  await expect(screen.message('line 130')).toBeInViewport();

  const jumps = await watchForJumps(page);
  await screen.timeline.hover();
  const beginning = page.getByRole('heading', { name: 'This is the beginning of Long story' });
  await expect(async () => {
    await page.mouse.wheel(0, -300);
    await expect(beginning).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [16], timeout: 30_000 });
  expect(await jumps()).toEqual([]);
  await expect(screen.message('line 1')).toBeVisible();
  expect(await screen.timeline.getByRole('article').count()).toBeLessThan(100);
});

/** Scrolls up until one is away from the newest message; a list that was only just opened may take the first turn back. */
async function leaveTheEnd(page: Page): Promise<void> {
  await expect(async () => {
    await page.mouse.wheel(0, -900);
    await expect(page.getByRole('button', { name: 'Jump to newest' })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 15_000 });
}

test('who reads older messages stays there when something comes, and is told of it', async ({
  visitor,
  baseURL,
}) => {
  const { page, name } = await visitor('Ada');
  const ada = await signIn(baseURL ?? '', name);
  const grace = await signIn(baseURL ?? '', (await visitor('Grace')).name);
  const group = await ada.createGroup({ name: 'Looking back' });
  await grace.join(group.id);
  await sayMany(ada, group.id, 40);
  const screen = await openGroup(page, group.id);
  await expect(screen.message('line 40')).toBeInViewport();
  await screen.timeline.hover();
  await leaveTheEnd(page);

  const jumps = await watchForJumps(page);
  await grace.api('POST', '/api/messages', { groupId: group.id, content: 'look here' });
  await page.getByRole('button', { name: '1 new message, jump to newest' }).waitFor();
  expect(await jumps()).toEqual([]);
  await expect(screen.message('look here')).not.toBeInViewport();
  await page.getByRole('button', { name: '1 new message, jump to newest' }).click();
  await expect(screen.message('look here')).toBeInViewport();
  await expect(page.getByRole('button', { name: /jump to newest/i })).toHaveCount(0);
});

test('whoever is at the end follows it, and what one sends oneself leads there', async ({
  visitor,
  baseURL,
}) => {
  const { page, name } = await visitor('Ada');
  const ada = await signIn(baseURL ?? '', name);
  const grace = await signIn(baseURL ?? '', (await visitor('Grace')).name);
  const group = await ada.createGroup({ name: 'Following' });
  await grace.join(group.id);
  await sayMany(grace, group.id, 40);
  const screen = await openGroup(page, group.id);
  await expect(screen.message('line 40')).toBeInViewport();
  await grace.api('POST', '/api/messages', { groupId: group.id, content: 'follow me' });
  await expect(screen.message('follow me')).toBeInViewport();

  await screen.timeline.hover();
  await leaveTheEnd(page);
  await groupScreen(page).say('my own words');
  await expect(screen.message('my own words')).toBeInViewport();
});

test('coming back to a group restores where one was reading', async ({ visitor, baseURL }) => {
  const { page, name } = await visitor('Ada');
  const ada = await signIn(baseURL ?? '', name);
  const group = await ada.createGroup({ name: 'Bookmarked' });
  await ada.createGroup({ name: 'Elsewhere' });
  await sayMany(ada, group.id, 40);
  const screen = await openGroup(page, group.id);
  await expect(screen.message('line 40')).toBeInViewport();
  await screen.timeline.hover();
  await page.mouse.wheel(0, -1_200);
  await expect(page.getByRole('button', { name: 'Jump to newest' })).toBeVisible();
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
