import { expect, type MakeVisitor, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

/** Opens a group as both of its members; Ada sees that Grace is there. */
async function bothHere(visitor: MakeVisitor) {
  const { ada, grace, group } = await pair(visitor, 'Typing');
  const hers = await openGroup(ada.page, group.id);
  const theirs = await openGroup(grace.page, group.id);
  await theirs.say('I am here');
  await expect(hers.message('I am here')).toBeVisible();
  return { ada, grace, hers, theirs };
}

test('others see who is typing until the message arrives, and the typist does not', async ({
  visitor,
}) => {
  const { ada, grace, hers, theirs } = await bothHere(visitor);

  await hers.composer.pressSequentially('wait');
  await expect(grace.page.getByText(`${ada.name} is typing…`)).toBeVisible();
  await expect(ada.page.getByText(/typing…/)).toHaveCount(0);
  await hers.composer.press('Enter');
  await expect(theirs.message('wait')).toBeVisible();
  await expect(grace.page.getByText(/typing…/)).toHaveCount(0);
});

test('clearing the field ends typing at once', async ({ visitor }) => {
  const { ada, grace, hers } = await bothHere(visitor);
  await hers.composer.pressSequentially('no');
  await expect(grace.page.getByText(`${ada.name} is typing…`)).toBeVisible();
  await hers.composer.fill('');
  await expect(grace.page.getByText(/typing…/)).toHaveCount(0, { timeout: 3_000 });
});

test('a user who turned it off is not shown as typing', async ({ visitor }) => {
  const { ada, hers, theirs } = await bothHere(visitor);
  const here = ada.page.url();
  await ada.page.goto('/settings/writing');
  await ada.page.getByRole('switch', { name: 'Show when I type' }).uncheck();
  await ada.page.goto(here);
  const frames: string[] = [];
  ada.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => frames.push(String(payload))),
  );
  await ada.page.reload();
  await hers.composer.pressSequentially('secretly');
  await hers.composer.press('Enter');
  await expect(theirs.message('secretly')).toBeVisible();
  expect(frames.some((frame) => frame.includes('secretly'))).toBe(true);
  expect(frames.some((frame) => frame.includes('"typing":true'))).toBe(false);
});

test('Enter breaks the line for users who prefer that, and Shift+Enter sends', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Lines' });
  const screen = await openGroup(page, group.id);
  await page.goto('/settings/writing');
  await page.getByRole('radio', { name: /^Ctrl\+Enter/ }).check();
  await page.goto(`/g/${group.id}`);
  await screen.composer.click();
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await expect(screen.composer).toHaveValue('one\ntwo');
  await page.keyboard.press('Shift+Enter');
  await expect(screen.timeline.getByRole('article')).toHaveText(/one\s+two/);
});
