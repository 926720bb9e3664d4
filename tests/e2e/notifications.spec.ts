import type { BrowserContext, Page } from '@playwright/test';
import { mentionOf } from '../../protocol/mentions.ts';
import type { PushPayload } from '../../protocol/push.ts';
import { type BrowserOptions, expect, expectAccessible, test } from '../support/browser.ts';
import { groupScreen } from './group-screen.ts';
import { pair, readAll } from './pair.ts';

test.use({ expectedErrors: [/status of 40[34].*\/api\/(groups|threads)/] });

/** A browser whose user has permitted notifications. */
const PERMITTED: BrowserOptions = { serviceWorkers: 'allow', permissions: ['notifications'] };

/** The notifications that the browser shows, by title and text. */
function shownBy(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    if (shown.some(({ icon }) => icon === '')) throw new Error('an icon is missing');
    return shown.map(({ title, body }) => `${title}: ${body}`);
  });
}

/** Opens an address, and waits for the service worker and for the user's own socket. */
async function openListening(page: Page, path: string): Promise<void> {
  const listening = page
    .waitForEvent('websocket', (socket) => socket.url().endsWith('/api/inbox/socket'))
    .then((socket) => socket.waitForEvent('framereceived'));
  await page.goto(path);
  await listening;
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Hides a page as another tab in front of it does, and shows it again. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

/** Waits until all pages of this browser know that none of them shows the group. */
async function knownHidden(page: Page, groupId: string): Promise<void> {
  const held = () =>
    page.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name) ?? []);
  await expect.poll(async () => (await held()).filter((it) => it?.includes(groupId))).toEqual([]);
}

/** Delivers a push to the service worker of a page, as the browser does when its push service sends one. */
async function deliver(context: BrowserContext, page: Page, payload: PushPayload): Promise<void> {
  const client = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    client.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId } of registrations) resolve(registrationId);
    });
  });
  await client.send('ServiceWorker.enable');
  await client.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data: JSON.stringify(payload),
  });
  await client.detach();
}

test('a hidden page notifies, two tabs do it once, and reading elsewhere closes it', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Engines', PERMITTED);
  const { page } = ada;
  await openListening(page, `/g/${group.id}`);
  const second = await ada.context.newPage();
  await openListening(second, `/g/${group.id}`);
  for (const each of [page, second]) await setHidden(each, true);
  await knownHidden(page, group.id);

  await grace.post(group.id, `Look, ${mentionOf(ada.userId)}`);
  const first = `${grace.name} mentioned you in Engines: Look, @${ada.name}`;
  await expect.poll(() => shownBy(page)).toEqual([first]);
  // One more in the same conversation replaces it.
  await grace.post(group.id, 'And here');
  await expect.poll(() => shownBy(second)).toEqual([`${grace.name} in Engines: And here`]);
  const ids = await page.evaluate(() => localStorage.getItem('edgewise.notified'));
  expect(new Set(JSON.parse(ids ?? '[]')).size).toBe(2);

  await readAll(ada, group.id);
  await expect.poll(() => shownBy(page)).toEqual([]);
});

test('what is on screen does not notify, and another group does', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Engines', PERMITTED);
  const other = await grace.createGroup({ name: 'Kitchen' });
  await ada.join(other.id);
  const { page } = ada;
  await openListening(page, `/g/${group.id}`);
  const hidden = await ada.context.newPage();
  await openListening(hidden, `/g/${other.id}`);
  await setHidden(hidden, true);
  await knownHidden(page, other.id);

  await grace.post(group.id, 'seen at once');
  await expect(groupScreen(page).message('seen at once')).toBeVisible();
  await grace.post(other.id, 'not seen');
  await expect.poll(() => shownBy(page)).toEqual([`${grace.name} in Kitchen: not seen`]);
});

test('nothing is asked before the first message to oneself, and "Not now" is for good', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Engines', { serviceWorkers: 'allow' });
  const { page } = ada;
  // Headless browsers deny what nobody has decided; people's ask.
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'default' });
  });
  await openListening(page, `/g/${group.id}`);
  const screen = groupScreen(page);
  const bar = page.getByRole('region', { name: 'Turn on notifications?' });
  await grace.post(group.id, 'to everyone');
  await expect(screen.message('to everyone')).toBeVisible();
  await expect(bar).toBeHidden();
  await grace.post(group.id, `to you, ${mentionOf(ada.userId)}`);
  await expect(bar).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await bar.getByRole('button', { name: 'Not now' }).click();
  await expect(bar).toBeHidden();
  await page.reload();
  await grace.post(group.id, `again, ${mentionOf(ada.userId)}`);
  await expect(screen.timeline.getByText(/^again/)).toBeVisible();
  await expect(bar).toBeHidden();
});

test('a push is shown, a later one replaces it, and one that names it as read closes it', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Engines', PERMITTED);
  const message = await grace.post(group.id, 'hello');
  const { page } = ada;
  await openListening(page, '/settings');
  const notification = {
    groupId: group.id,
    messageId: message.id,
    seq: message.seq,
    reason: 'message' as const,
    title: 'Grace in Engines',
    body: 'hello',
    at: message.createdAt,
  };
  const push = (change: object, read: string[] = []) =>
    deliver(ada.context, page, {
      type: 'message',
      notification: { ...notification, ...change },
      read,
    });
  await push({});
  await expect.poll(() => shownBy(page)).toEqual(['Grace in Engines: hello']);
  await push({ body: 'later', seq: message.seq + 1 });
  await expect.poll(() => shownBy(page)).toEqual(['Grace in Engines: later']);
  // One that was overtaken does not come back.
  await push({});
  const other = crypto.randomUUID();
  await push({ groupId: other, title: 'Linus' }, [group.id]);
  await expect.poll(() => shownBy(page)).toEqual(['Linus: hello']);
  await deliver(ada.context, page, { type: 'test' });
  await expect
    .poll(() => shownBy(page))
    .toContain('Notifications work: Edgewise reaches this browser.');
});

test('a click on a notification shows the message in the open page', async ({ visitor }) => {
  const { ada, grace, group } = await pair(visitor, 'Engines', PERMITTED);
  const message = await grace.post(group.id, 'come here');
  const { page } = ada;
  await openListening(page, '/settings');
  const [worker] = ada.context.serviceWorkers();
  // Neither Playwright nor the protocol of Chromium can click on one.
  await worker?.evaluate(`(async () => {
    const { registration } = self;
    await registration.showNotification('Grace', { data: { path: '/g/${group.id}/m/${message.id}' } });
    const [notification] = await registration.getNotifications();
    self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  })()`);
  await expect(page).toHaveURL(new RegExp(`/g/${group.id}`));
  await expect(groupScreen(page).message('come here')).toBeVisible();
});

test('the settings say what is wrong with pushes, and turn the sound off', async ({ visitor }) => {
  const { page } = await visitor('Ada', PERMITTED);
  await openListening(page, '/settings/notifications');
  await page.reload();
  const on = page.getByRole('switch', { name: 'Notifications in this browser' });
  await expect(on).toBeChecked();
  await expect(page.getByText('This server sends nothing while Edgewise is closed.')).toBeVisible();
  const sound = page.getByRole('switch', { name: 'Sound' });
  await sound.click();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.reload();
  await expect(sound).not.toBeChecked();
  await on.click();
  await expect(on).not.toBeChecked();
  await expect(page.getByText('While Edgewise is closed')).toHaveCount(0);
});
