import { expect, test } from '../support/browser.ts';
import { holdMessages } from '../support/hold-messages.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

/** While the network is gone, the browser itself logs every attempt. */
test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/] });

test('two people chat live, and each message shows once for both', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Engines');
  const hers = await openGroup(ada.page, group.id);
  const theirs = await openGroup(grace.page, group.id);
  await expect(ada.page).toHaveTitle('Engines · Edgewise');

  await hers.say('Does it weave?');
  await expect(theirs.message('Does it weave?')).toHaveCount(1);
  await theirs.say('Like a loom.');
  await expect(hers.message('Like a loom.')).toHaveCount(1);
  await expect(hers.message('Does it weave?')).toHaveCount(1);
  await expect(hers.message('Like a loom.')).toHaveAccessibleName(new RegExp(grace.name));
  await expect(ada.page.getByText('Sending…')).toHaveCount(0);
});

test('a new message is announced once, and history is not', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  const group = await ada.createGroup({ name: 'Aloud' });
  await grace.join(group.id);
  const say = (content: string) => grace.post(group.id, content);
  await say('long ago');
  const screen = await openGroup(ada.page, group.id);
  await expect(screen.message('long ago')).toBeVisible();
  await say('just now');
  const spoken = ada.page.locator('[aria-live=polite]');
  await expect(spoken).toHaveText(`${grace.name}: just now`);
  await expect(spoken).not.toContainText('long ago');
});

test('a user who was offline misses nothing and sees nothing twice', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Tunnel');
  const hers = await openGroup(ada.page, group.id);
  const theirs = await openGroup(grace.page, group.id);
  await hers.say('before');
  await expect(theirs.message('before')).toBeVisible();

  // A part of the page that is still loading would fail, and say so in the console.
  await ada.page.waitForLoadState('networkidle');
  await ada.context.setOffline(true);
  await hers.say('written in the tunnel');
  await hers.say('and so was this');
  await theirs.say('meanwhile outside');
  await expect(ada.page.getByText(/^Offline, as of|^Reconnecting/)).toBeVisible({
    timeout: 20_000,
  });
  await expect(hers.message('written in the tunnel')).toBeVisible();
  await expect(hers.message('meanwhile outside')).toHaveCount(0);

  await ada.context.setOffline(false);
  const all = ['before', 'meanwhile outside', 'written in the tunnel', 'and so was this'];
  await expect.poll(theirs.texts, { timeout: 20_000 }).toEqual(all);
  await expect.poll(hers.texts).toEqual(all);
  await expect(ada.page.getByText(/^Offline, as of|^Reconnecting/)).toHaveCount(0);
});

test('a reload keeps a failed message, and Retry sends it', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Stumbling' });
  const held = await holdMessages(page, 'refused');
  const screen = await openGroup(page, group.id);
  await screen.say('do not lose me');
  await expect(screen.timeline.getByText('Not sent: The server stumbled.')).toBeVisible();

  await page.reload();
  await expect(screen.message('do not lose me')).toBeVisible();
  await expect(screen.timeline.getByText('Not sent: The server stumbled.')).toBeVisible();

  await held.release();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText(/Not sent/)).toHaveCount(0);
  await expect
    .poll(async () => (await ada.api('GET', `/api/messages?groupId=${group.id}`)).body)
    .toMatchObject({ messages: [{}, { content: 'do not lose me' }] });
  await expect(screen.message('do not lose me')).toHaveCount(1);
});

test('deleting a failed message returns its text', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const group = await ada.createGroup({ name: 'Second thoughts' });
  await holdMessages(page, 'refused');
  const screen = await openGroup(page, group.id);
  await screen.say('on second thought');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(screen.message('on second thought')).toHaveCount(0);
  await expect(screen.composer).toHaveValue('on second thought');
});
