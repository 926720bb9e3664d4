import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { leaveTheEnd } from './leave-the-end.ts';
import { choose, openPair } from './pair.ts';
import { watchForJumps } from './watch-for-jumps.ts';

test('an edit is saved with Enter, shown to everyone at once, and marked as edited', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const theirs = await graceLooks();
  await screen.say('It weeves');
  await expect(theirs.screen.message('It weeves')).toBeVisible();

  await choose(page, screen.message('It weeves'), 'Edit');
  const field = page.getByRole('textbox', { name: 'Edit message' });
  await expect(field).toBeFocused();
  await field.fill('It weaves');
  await field.press('Enter');
  await expect(field).toHaveCount(0);
  for (const it of [screen, theirs.screen]) {
    await expect(it.message('It weaves')).toContainText('(edited)');
    await expect(it.message('It weeves')).toHaveCount(0);
  }
});

test('Esc cancels an edit, and an edit without changes does nothing', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await screen.say('as it was');
  const field = page.getByRole('textbox', { name: 'Edit message' });
  await choose(page, screen.message('as it was'), 'Edit');
  await field.fill('something else');
  await field.press('Escape');
  await expect(screen.message('as it was')).toBeVisible();
  await choose(page, screen.message('as it was'), 'Edit');
  await field.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(screen.message('as it was')).not.toContainText('(edited)');
});

test('↑ in the empty composer edits my last message, and then returns to the composer', async ({
  visitor,
}) => {
  const { page, screen, grace, group } = await openPair(visitor);
  await screen.say('mine');
  await grace.post(group.id, 'hers');
  await expect(screen.message('hers')).toBeVisible();
  await screen.composer.press('ArrowUp');
  const field = page.getByRole('textbox', { name: 'Edit message' });
  await expect(field).toHaveValue('mine');
  await field.fill('still mine');
  await field.press('Enter');
  await expect(screen.message('still mine')).toBeVisible();
  await expect(screen.composer).toBeFocused();
});

test("only permitted actions are offered: nobody edits or deletes another member's message", async ({
  visitor,
}) => {
  const { screen, ada, group, graceLooks } = await openPair(visitor);
  await ada.post(group.id, 'the words of the owner');
  const theirs = await graceLooks();
  await ada.post(group.id, 'more words');
  await expect(theirs.screen.message('more words')).toBeVisible();
  const message = theirs.screen.message('the words of the owner');
  await message.hover();
  await message.getByRole('button', { name: 'More actions' }).click();
  await expect(theirs.page.getByRole('menuitem', { name: 'Copy link' })).toBeVisible();
  await expectAccessible(theirs.page);
  await expect(theirs.page.getByRole('menuitem', { name: 'Edit' })).toHaveCount(0);
  await expect(theirs.page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await theirs.page.keyboard.press('Escape');

  await theirs.screen.say('hers to delete');
  await choose(screen.timeline.page(), screen.message('hers to delete'), 'Delete');
  await expect(screen.message('hers to delete')).toHaveCount(0);
});

test('a deleted message disappears at once, returns with Undo, and otherwise is gone for everyone', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const theirs = await graceLooks();
  await screen.say('better not');
  await expect(theirs.screen.message('better not')).toBeVisible();

  await choose(page, screen.message('better not'), 'Delete');
  await expect(screen.message('better not')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(screen.message('better not')).toBeVisible();
  await expect(theirs.screen.message('better not')).toBeVisible();

  await choose(page, screen.message('better not'), 'Delete');
  await expect(theirs.screen.message('better not')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.reload();
  await expect(screen.composer).toBeVisible();
  await expect(screen.message('better not')).toHaveCount(0);
});

test('a deletion is sent though the page closes right after it', async ({ visitor }) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const theirs = await graceLooks();
  await screen.say('quickly gone');
  await expect(theirs.screen.message('quickly gone')).toBeVisible();
  await choose(page, screen.message('quickly gone'), 'Delete');
  await expect(screen.message('quickly gone')).toHaveCount(0);
  await page.reload();
  await expect(theirs.screen.message('quickly gone')).toHaveCount(0);
});

test('a deletion right before the page closes is done at the latest when its author returns', async ({
  visitor,
}) => {
  const { page, screen, group, graceLooks } = await openPair(visitor);
  const theirs = await graceLooks();
  await screen.say('gone with the page');
  await expect(theirs.screen.message('gone with the page')).toBeVisible();
  await choose(page, screen.message('gone with the page'), 'Delete');
  const context = page.context();
  await page.close();
  const again = await openGroup(await context.newPage(), group.id);
  await expect(theirs.screen.message('gone with the page')).toHaveCount(0, { timeout: 15_000 });
  await expect(again.message('gone with the page')).toHaveCount(0);
});

test('a deleted message with replies stays as a placeholder above them', async ({ visitor }) => {
  const { page, screen, ada, grace, group } = await openPair(visitor);
  const { id: root } = await ada.post(group.id, 'the root');
  await grace.post(group.id, 'a reply', { parentId: root });
  const message = screen.message('the root');
  await expect(message.getByRole('button', { name: /1 reply/ })).toBeVisible();
  await choose(page, message, 'Delete');
  await expect(message).toHaveCount(0);
  const place = screen.timeline.getByRole('article').filter({ hasText: 'Message deleted' });
  await expect(place.getByRole('button', { name: /1 reply/ })).toBeVisible();
});

test('an edit above the visible messages moves nothing', async ({ visitor }) => {
  const { page, screen, ada, group } = await openPair(visitor, async (it) => {
    for (let line = 1; line <= 50; line += 1) await it.ada.post(it.group.id, `line ${line}`);
  });
  await leaveTheEnd(page, 400);
  const { id: first } = await ada.post(group.id, 'one more');
  await expect(page.getByRole('button', { name: /jump to newest/i })).toBeVisible();
  const row = screen.timeline.getByRole('article').first();
  await expect(row).not.toBeInViewport();
  const above = await row.getAttribute('data-message');
  const jumps = await watchForJumps(page);
  await ada.api('PATCH', `/api/messages/${above}?groupId=${group.id}`, {
    content: 'much longer\n\n'.repeat(12),
  });
  await ada.api('PUT', `/api/messages/${above}/reactions/🎉?groupId=${group.id}`);
  await ada.api('DELETE', `/api/messages/${first}?groupId=${group.id}`);
  await expect(screen.timeline.locator(`[data-message="${above}"]`)).toContainText('🎉');
  expect(await jumps()).toEqual([]);
});
