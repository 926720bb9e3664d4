import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { keptInDatabases } from './kept-locally.ts';
import { choose, type OpenPair, openPair, readAll } from './pair.ts';
import { watchForJumps } from './watch-for-jumps.ts';

/** While the network is gone, the browser itself logs every attempt. */
test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_FAILED/] });

test('the "New" divider stands in the first frame of a group that one returns to', async ({
  visitor,
}) => {
  const { page, ada, grace, group, screen } = await openPair(visitor, async (it) => {
    await it.grace.post(it.group.id, 'read before');
    await readAll(it.ada, it.group.id);
  });
  await expect(screen.message('read before')).toBeVisible();
  const other = await ada.createGroup({ name: 'Looms' });
  await page.getByRole('link', { name: 'Looms' }).click();
  await expect(page).toHaveURL(new RegExp(other.id));
  await grace.post(group.id, 'new since');
  // The page has received it: else it would arrive while she looks, without a divider.
  await expect.poll(() => keptInDatabases(page)).toContain('new since');
  await page.evaluate(() => {
    const frames: string[] = [];
    const look = (): void => {
      const list = document.querySelector('[role=log][aria-label$="Engines"]');
      if (list?.querySelector('article'))
        frames.push(list.textContent?.includes('New') ? 'divider' : 'none');
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
    Object.assign(window, { frames });
  });
  await page.getByRole('link', { name: /Engines/ }).click();
  await expect(screen.message('new since')).toBeVisible();
  const frames = await page.evaluate((): unknown => Reflect.get(window, 'frames'));
  expect(frames).toContain('divider');
  expect(frames).not.toContain('none');
});

test('an acknowledgement moves no message', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  for (let line = 1; line <= 12; line += 1) await screen.say(`line ${line}`);
  await expect(screen.message('line 12')).toContainText('Sent');
  const jumps = await watchForJumps(page);
  await screen.say('the last');
  const message = screen.message('the last');
  await expect(message).toBeVisible();
  const shown = await message.boundingBox();
  await expect(message).toContainText('Sent');
  expect(await message.boundingBox()).toEqual(shown);
  await expect(page.getByText('Sent', { exact: true })).toHaveCount(1);
  expect(await jumps()).toEqual([]);
});

test('a message written offline waits, and can be deleted and copied', async ({ visitor }) => {
  const { page, screen } = await openPair((name) => visitor(name, { serviceWorkers: 'allow' }));
  // What the page shows without a connection is in the cache of the service worker.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.context().setOffline(true);
  await screen.say('from the tunnel');
  const message = screen.message('from the tunnel');
  await expect(message).toContainText('Waiting for connection', { timeout: 20_000 });
  await expect(message.getByRole('button', { name: 'Copy text' })).toBeVisible();
  await message.getByRole('button', { name: 'Delete' }).click();
  await expect(message).toHaveCount(0);
  await expect(screen.composer).toHaveValue('from the tunnel');
});

test('one message has a toolbar, and none when it is neither hovered nor focused', async ({
  visitor,
}) => {
  const { page, screen } = await openPair(visitor);
  for (const text of ['one', 'two', 'three', 'four']) await screen.say(text);
  const toolbars = page.getByRole('toolbar', { name: 'Message actions' });
  await screen.message('one').hover();
  await expect(toolbars).toHaveCount(1);
  await screen.timeline.focus();
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('k');
    await expect(toolbars).toHaveCount(1);
  }
  await choose(page, screen.message('three'), 'Copy link');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await screen.composer.hover();
  await expect(toolbars).toHaveCount(0);
  await expect(page.locator('body')).not.toBeFocused();
});

/** What takes away the element that has the focus. */
const TAKES_FOCUS: Readonly<Record<string, (open: OpenPair) => Promise<void>>> = {
  async 'Undo of a deletion'({ page, screen }) {
    await choose(page, screen.message('here'), 'Delete');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await expect(screen.message('here')).toBeVisible();
  },
  async 'closing a thread with its button'({ page, screen }) {
    await choose(page, screen.message('here'), 'Reply in thread');
    await page.getByRole('button', { name: 'Close thread' }).click();
    await expect(page.getByRole('complementary', { name: 'Thread' })).toHaveCount(0);
  },
  async 'closing a thread with Escape'({ page, screen }) {
    await screen.message('here').hover();
    await screen.message('here').getByRole('button', { name: 'Reply in thread' }).click();
    await expect(page.getByRole('textbox', { name: 'Reply in this thread' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('complementary', { name: 'Thread' })).toHaveCount(0);
  },
  async '"Show more" of a long message'({ page, screen }) {
    await screen.timeline.getByRole('button', { name: 'Show more' }).click();
    await expect(screen.timeline.getByRole('button', { name: 'Show less' })).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(screen.timeline.getByRole('button', { name: 'Show more' })).toHaveCount(1);
  },
};

for (const [what, happen] of Object.entries(TAKES_FOCUS)) {
  test(`the focus stays in the page after ${what}`, async ({ visitor }) => {
    const open = await openPair(visitor, async ({ ada, group }) => {
      await ada.post(group.id, 'a long line\n'.repeat(60));
      await ada.post(group.id, 'here');
    });
    await happen(open);
    await open.page.waitForFunction(() => document.getAnimations().length === 0);
    await expect(open.page.locator('body')).not.toBeFocused();
  });
}

test('a long press opens only the menu, which stays when the finger lifts', async ({ visitor }) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { page, screen } = await openPair((name) => visitor(name, phone));
  await screen.composer.fill('touch me');
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(screen.message('touch me')).toContainText('Sent');
  await longPress(page, screen.message('touch me'));
  await expect(page.getByRole('menu')).toBeVisible();
  await page.waitForFunction(() => document.getAnimations().length === 0);
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(page.getByRole('toolbar', { includeHidden: true })).toHaveCSS('opacity', '0');
  for (const item of await page.getByRole('menuitem').all())
    expect((await item.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await page.getByRole('menuitem', { name: 'Pin' }).tap();
  await expect(screen.message('touch me')).toContainText('Pinned by');
  await expect(page.locator('body')).not.toBeFocused();
});

/** A finger presses for longer than a long press, and lifts. */
async function longPress(page: Page, on: ReturnType<Page['locator']>): Promise<void> {
  const box = await on.boundingBox();
  if (!box) throw new Error('nothing to press');
  const client = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + 120, y: box.y + 20 }];
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await page.waitForTimeout(900);
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
