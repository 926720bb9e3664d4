import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

/** A user is gone 10 s after their last client disconnects; the rest is margin for slow machines. */
const GONE_WITHIN_MS = 30_000;

test('members are listed as online, or without a state, as they come and go', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Presence');
  await openGroup(ada.page, group.id);
  await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
  const details = ada.page.getByRole('complementary', { name: 'Group details' });
  await expect(details.getByRole('heading', { name: 'Everyone else 1' })).toBeVisible();

  await openGroup(grace.page, group.id);
  await expect(details.getByRole('heading', { name: 'Online 2' })).toBeVisible();
  await expect(details.getByRole('heading', { name: /Everyone else|Offline/ })).toHaveCount(0);
  await expectAccessible(ada.page);

  await grace.page.close();
  await expect(details.getByRole('heading', { name: 'Everyone else 1' })).toBeVisible({
    timeout: GONE_WITHIN_MS,
  });
});

test('in a large group the page counts, and asks how those on the screen are', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Large');
  await openGroup(grace.page, group.id);
  // The state of a large group, for a page that watches nobody. What it asks is answered by the server.
  await ada.page.addInitScript(() => {
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        const text: unknown = data?.get?.call(this);
        if (typeof text !== 'string') return text;
        return text.replace(/"presence":\[[^\]]*\],/, '"presence":[],"presentCount":250,');
      },
    });
  });
  const watched: string[][] = [];
  ada.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const frame = /^{"type":"presence_watch"/.test(String(payload)) && JSON.parse(`${payload}`);
      if (frame) watched.push(frame.userIds);
    }),
  );
  await openGroup(ada.page, group.id);
  await expect(ada.page.getByText('· 250 online', { exact: true })).toBeVisible();
  expect(watched).toEqual([]);
  await ada.page.getByRole('button', { name: 'Details', exact: true }).click();
  const details = ada.page.getByRole('complementary', { name: 'Group details' });
  await expect(details.getByRole('heading', { name: 'Members 2 · 250 online' })).toBeVisible();
  await expect(details.getByRole('heading', { name: /Online|Everyone else/ })).toHaveCount(0);
  await expect(details.getByRole('img', { name: 'Online' })).toHaveCount(2);
  expect(watched.map((userIds) => userIds.toSorted())).toEqual([
    [ada.userId, grace.userId].toSorted(),
  ]);
  await expectAccessible(ada.page);
  await ada.page.getByRole('button', { name: 'Close details' }).click();
  await expect.poll(() => watched.slice(1)).toEqual([[]]);
});

test('a status shows beside a name to everyone until it is cleared', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Status');
  await openGroup(grace.page, group.id);
  await grace.page.getByRole('button', { name: 'Details', exact: true }).click();
  const details = grace.page.getByRole('complementary', { name: 'Group details' });

  await openGroup(ada.page, group.id);
  const me = ada.page.getByRole('button', { name: new RegExp(ada.name) });
  await me.click();
  await ada.page.getByRole('menuitem', { name: 'Set a status' }).click();
  await ada.page.getByRole('button', { name: 'Focusing' }).click();
  await expect(ada.page.getByRole('combobox', { name: 'Show it' })).toHaveValue('hour');
  await expectAccessible(ada.page);
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await expect(details.getByText('🎧 Focusing')).toBeVisible();
  await expect(me).toContainText('Focusing');

  await me.click();
  await ada.page.getByRole('menuitem', { name: 'Set a status' }).click();
  await ada.page.getByRole('button', { name: 'Clear status' }).click();
  await expect(details.getByText('🎧 Focusing')).toHaveCount(0);
});
