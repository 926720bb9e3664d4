import { mentionOf } from '../../protocol/mentions.ts';
import { isolated } from '../../web/ui/words/isolated.ts';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

test.use({ expectedErrors: [/status of 40[34].*\/api\/(groups|threads)/] });

test('a mention in another group shows in the list and in the title, and reading takes it from every device', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Engines');
  const other = await ada.createGroup({ name: 'Kitchen' });
  await openGroup(ada.page, other.id);
  const second = await ada.context.newPage();
  await openGroup(second, other.id);
  await expect(second).toHaveTitle('Kitchen · Edgewise');

  await grace.post(group.id, 'one');
  await grace.post(group.id, `Look, ${mentionOf(ada.userId)}`);
  const name = 'Engines, 2 unread messages, 1 mention';
  for (const page of [ada.page, second]) {
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
    await expect(page).toHaveTitle('(1) Kitchen · Edgewise');
  }
  await expectAccessible(ada.page);

  await ada.page.getByRole('link', { name }).click();
  await expect(groupScreen(ada.page).message('one')).toBeVisible();
  for (const page of [ada.page, second]) {
    await expect(page.getByRole('link', { name: 'Engines', exact: true })).toBeVisible();
  }
  await expect(second).toHaveTitle('Kitchen · Edgewise');
});

test('a message in the open group never marks it in the list', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Engines');
  const { page } = ada;
  const screen = await openGroup(page, group.id);
  await expect(page.getByRole('link', { name: 'Engines', exact: true })).toBeVisible();
  await page.evaluate(() => {
    const seen = new Set([document.title]);
    Reflect.set(window, 'seen', seen);
    new MutationObserver(() => {
      seen.add(document.title);
      for (const link of document.querySelectorAll('nav a')) seen.add(link.textContent);
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await grace.post(group.id, `Hello, ${mentionOf(ada.userId)}`);
  await expect(screen.timeline.getByText(/^Hello/)).toBeVisible();
  await expect
    .poll(async () => {
      const socket = await ada.connectInbox();
      const { groups } = await socket.next('inbox_state');
      await socket.close();
      return groups.map(({ unread }) => unread);
    })
    .toEqual([0]);
  const seen = await page.evaluate(() => [...Reflect.get(window, 'seen')].join());
  expect(seen).not.toMatch(/unread|mention|\(1\)/);
});

test('a group appears when I am added to it, and disappears when I am removed', async ({
  visitor,
}) => {
  const ada = await visitor('Ada');
  const grace = await visitor('Grace');
  const own = await grace.createGroup({ name: 'Kitchen' });
  await openGroup(grace.page, own.id);
  const group = await ada.createGroup({ name: 'Secret', visibility: 'private' });
  await ada.api('POST', `/api/groups/${group.id}/members`, {
    userIds: [grace.userId],
    role: 'member',
  });
  const link = grace.page.getByRole('link', { name: /^Secret/ });
  await expect(link).toBeVisible();
  await ada.api('DELETE', `/api/groups/${group.id}/members/${grace.userId}`);
  await expect(link).toHaveCount(0);
});

test('a muted group shows only mentions, until it is turned on again', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Engines');
  const other = await ada.createGroup({ name: 'Kitchen' });
  const { page } = ada;
  await openGroup(page, group.id);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'All messages' })).toBeChecked();
  await page.getByRole('button', { name: 'Mute group' }).click();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'For 1 hour' }).click();
  // In the last hour of a day it ends tomorrow.
  await expect(page.getByText(/^Muted until to(day|morrow) /)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Engines, muted', exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Kitchen' }).click();
  await expect(page).toHaveTitle('Kitchen · Edgewise');
  await grace.post(group.id, 'quiet');
  await grace.post(group.id, `loud, ${mentionOf(ada.userId)}`);
  await expect(page.getByRole('link', { name: 'Engines, muted, 1 mention' })).toBeVisible();
  await expect(page).toHaveTitle('Kitchen · Edgewise');
  await expectAccessible(page);

  await page.goto(`/g/${group.id}?panel=details`);
  // On a slow machine the choices below would be made before the messages have arrived and are read.
  await expect(page.getByRole('link', { name: 'Engines, muted', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Unmute' }).click();
  // Not `check`, which looks at once: the answer to "Unmute" may come between.
  await page.getByRole('radio', { name: 'Nothing' }).click();
  await expect(page.getByRole('radio', { name: 'Nothing' })).toBeChecked();
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Nothing' })).toBeChecked();
  await page.goto(`/g/${other.id}`);
  await expect(page.getByRole('link', { name: 'Engines, muted', exact: true })).toBeVisible();
});

test('the list of a phone shows the last message of each group', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Engines', {
    viewport: { width: 390, height: 844 },
  });
  await grace.post(group.id, 'The **mill** turns');
  await ada.page.goto('/');
  const link = ada.page.getByRole('link', { name: 'Engines, 1 unread message' });
  await expect(link).toContainText(`${isolated(grace.name)}: The mill turns`);
  // A long message must not push the time and the number of messages out of the screen.
  await grace.post(group.id, 'on and on '.repeat(20));
  await expect(ada.page.getByText('2', { exact: true })).toBeInViewport({ ratio: 1 });
  await expectAccessible(ada.page);
  await grace.post(group.id, 'and again');
  await expect(ada.page.getByRole('link', { name: 'Engines, 3 unread messages' })).toContainText(
    'and again',
  );
});
