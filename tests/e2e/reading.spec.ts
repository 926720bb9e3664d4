import { expect, test } from '../support/browser.ts';
import { choose, openPair, readAll } from './pair.ts';
import { sayMany } from './say-many.ts';

/** The divider above new messages. */
const DIVIDER = 'New';

test('a group opens at the first new message, and its divider stays until Esc', async ({
  visitor,
}) => {
  const { page, screen } = await openPair(visitor, async ({ ada, grace, group }) => {
    await sayMany(ada, group.id, 20);
    await readAll(ada, group.id);
    await sayMany(grace, group.id, 40);
    await grace.post(group.id, 'the newest');
  });
  const divider = page.getByText(DIVIDER, { exact: true });
  await expect(divider).toBeInViewport();
  await expect(screen.message('the newest')).not.toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(divider).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(screen.message('the newest')).toBeInViewport();
});

test('my own message clears the divider', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor, async ({ ada, grace, group }) => {
    await readAll(ada, group.id);
    await grace.post(group.id, 'have you read this?');
  });
  await expect(page.getByText(DIVIDER, { exact: true })).toBeVisible();
  await screen.say('I have');
  await expect(page.getByText(DIVIDER, { exact: true })).toHaveCount(0);
});

test('an author sees a message delivered, then read, and by whom', async ({ visitor }) => {
  const { page, screen, grace, graceLooks } = await openPair(visitor);
  await screen.say('Do you see this?');
  const message = screen.message('Do you see this?');
  await expect(message).toContainText('Sent');
  await graceLooks();
  await message.getByRole('button', { name: 'Read by 1' }).click();
  await expect(page.getByRole('dialog', { name: 'Read by' })).toContainText(grace.name);
});

test('nothing is marked read while the page is hidden', async ({ visitor }) => {
  const { page, screen, ada, group, graceLooks } = await openPair(visitor);
  await screen.say('first');
  const theirs = await graceLooks();
  await expect(screen.message('first')).toContainText('Read by 1');
  await theirs.page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
  });
  await ada.post(group.id, 'second');
  await expect(theirs.screen.message('second')).toBeVisible();
  await expect(screen.message('second')).toContainText('Delivered');
  await expect(theirs.page.getByText(DIVIDER, { exact: true })).toBeVisible();
  await theirs.page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event('focus'));
  });
  await expect(page.getByText('Read by 1')).toBeVisible();
});

test('many unread messages show a bar, to jump to them or to mark them read', async ({
  visitor,
}) => {
  const { page, screen, ada, group } = await openPair(visitor, async (it) => {
    await readAll(it.ada, it.group.id);
    await sayMany(it.grace, it.group.id, 260);
  });
  await expect(screen.message('line 260')).toBeInViewport();
  await expect(page.getByText(/\d+\+? new since/)).toBeVisible();
  await page.getByRole('button', { name: 'Jump', exact: true }).click();
  await expect(page.getByText(DIVIDER, { exact: true })).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Mark read' })).toHaveCount(0);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Mark read' })).toBeVisible();
  await page.getByRole('button', { name: 'Mark read' }).click();
  await expect(page.getByRole('button', { name: 'Mark read' })).toHaveCount(0);
  await expect
    .poll(async () => {
      const socket = await ada.connect(group.id);
      const { me, group: now } = await socket.next('thread_state');
      await socket.close();
      return now.lastSeq - me.readSeq;
    })
    .toBe(0);
  await page.goto('/');
  await page.goto(`/g/${group.id}`);
  await expect(screen.message('line 260')).toBeInViewport();
  await expect(page.getByText(DIVIDER, { exact: true })).toHaveCount(0);
});

test('a message marked unread is unread on the next visit', async ({ visitor }) => {
  const { page, screen, group } = await openPair(visitor, async ({ grace, group }) => {
    await grace.post(group.id, 'one');
    await grace.post(group.id, 'two');
    await grace.post(group.id, 'three');
  });
  await expect(screen.message('three')).toBeVisible();
  await choose(page, screen.message('two'), 'Mark unread from here');
  await page.goto('/');
  await page.goto(`/g/${group.id}`);
  await expect(page.getByText(DIVIDER, { exact: true })).toBeVisible();
  const [one, divider, two] = await Promise.all(
    [screen.message('one'), page.getByText(DIVIDER, { exact: true }), screen.message('two')].map(
      (it) => it.boundingBox(),
    ),
  );
  expect(one?.y).toBeLessThan(divider?.y ?? 0);
  expect(divider?.y).toBeLessThan((two?.y ?? 0) + (two?.height ?? 0));
});
