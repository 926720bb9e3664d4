import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

test('a name is completed while typing, and sent as a mention', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Names');
  const hers = await openGroup(ada.page, group.id);
  const theirs = await openGroup(grace.page, group.id);
  await hers.composer.pressSequentially('Ask @gra');
  const option = ada.page.getByRole('option', { name: new RegExp(grace.name) });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(ada.page);
  await hers.composer.press('Tab');
  await expect(hers.composer).toHaveValue(`Ask @${grace.name} `);
  await expect(ada.page.getByRole('listbox')).toHaveCount(0);
  await hers.composer.pressSequentially('about it');
  await hers.composer.press('Enter');
  await expect(theirs.timeline.getByText(`@${grace.name}`, { exact: true })).toBeVisible();
  await expect
    .poll(async () => (await ada.api('GET', `/api/messages?groupId=${group.id}`)).body)
    .toMatchObject({
      messages: [{}, {}, { content: `Ask <@${grace.userId}> about it`, mentions: [grace.userId] }],
    });
});

test('Esc closes the list and keeps the text, and Enter then sends it', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Esc' });
  await (await visitor('Grace')).join(group.id);
  const screen = await openGroup(page, group.id);
  await screen.composer.pressSequentially('look @gra');
  await expect(page.getByRole('listbox')).toBeVisible();
  await screen.composer.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(screen.composer).toHaveValue('look @gra');
  await expect(screen.composer).toBeFocused();
  await screen.composer.press('Enter');
  await expect(screen.message('look @gra')).toBeVisible();
});

test('a draft with a mention in it still means that person after a reload', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Later' });
  const grace = await visitor('Grace');
  await grace.join(group.id);
  const screen = await openGroup(page, group.id);
  await screen.composer.pressSequentially('@gra');
  await expect(page.getByRole('option', { name: new RegExp(grace.name) })).toBeVisible();
  await screen.composer.press('Enter');
  await screen.composer.pressSequentially('later');
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const names = await indexedDB.databases();
        return names.map(({ name: database }) => database);
      }),
    )
    .toContain('edgewise');
  await screen.composer.blur();
  await page.getByRole('link', { name: 'Browse groups' }).click();
  await page.goto(`/g/${group.id}`);
  await expect(screen.composer).toHaveValue(`@${grace.name} later`);
  await screen.composer.press('Enter');
  await expect(screen.timeline.locator(`[data-mention="${grace.userId}"]`)).toBeVisible();
});

test('an emoji is completed by its name', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Joy' });
  const screen = await openGroup(page, group.id);
  await screen.composer.pressSequentially('done :tad');
  await expect(page.getByRole('option', { name: ':tada:' })).toBeVisible();
  await screen.composer.press('Enter');
  await expect(screen.composer).toHaveValue('done 🎉 ');
  await screen.composer.press('Enter');
  await expect(screen.message('done 🎉')).toBeVisible();
});

test('code in a message is highlighted by its language', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Code' });
  const content = '```ts\nconst answer = 42; // <b>bold</b>\n```';
  await ada.post(group.id, content);
  const screen = await openGroup(page, group.id);
  await expect(screen.timeline.locator('[data-code=keyword]')).toHaveText('const');
  await expect(screen.timeline.locator('pre')).toHaveText('const answer = 42; // <b>bold</b>');
  await expect(screen.timeline.locator('pre b')).toHaveCount(0);
  await expectAccessible(page);
});
