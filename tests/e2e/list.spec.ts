import type { Locator, Page } from '@playwright/test';
import type { Group } from '../../protocol/models.ts';
import { isolated } from '../../web/ui/words/isolated.ts';
import {
  expect,
  expectAccessible,
  type MakeVisitor,
  test,
  type Visitor,
} from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';

test.use({ expectedErrors: [/status of 40[34].*\/api\/(groups|threads)/] });

const list = (page: Page): Locator => page.getByRole('navigation', { name: 'Groups' });
const row = (page: Page, name: string): Locator =>
  list(page).getByRole('link', { name: new RegExp(`^${name}`) });

/** The names of the favourites, from the top. */
const favourites = (page: Page) =>
  list(page)
    .locator('[data-favourite] a bdi')
    .evaluateAll((names) => names.map((it) => it.textContent));

/** All names of the list, from the top. */
const names = (page: Page) =>
  list(page)
    .locator('[data-group] a bdi')
    .evaluateAll((all) => all.map((it) => it.textContent));

async function favour(page: Page, name: string): Promise<void> {
  await row(page, name).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add to favourites' }).click();
}

/** Another browser in which the same person is signed in. */
async function otherBrowser(
  stranger: (options?: object) => Promise<{ page: Page; context: Visitor['context'] }>,
  { name, page }: Visitor,
): Promise<Page> {
  const other = await stranger();
  const origin = new URL(page.url()).origin;
  const signedIn = await other.context.request.post(`${origin}/__clerk/v1/client/sign_ins`, {
    headers: { origin },
    form: { strategy: 'ticket', ticket: `demo:${name}` },
  });
  expect(signedIn.ok()).toBe(true);
  return other.page;
}

/** Ada with groups of these names; the last one is open. */
async function adaWith(visitor: MakeVisitor, ...groupNames: string[]) {
  const ada = await visitor('Ada');
  const groups = new Map<string, Group>();
  for (const name of groupNames) groups.set(name, await ada.createGroup({ name }));
  const idOf = (name: string) => groups.get(name)?.id ?? '';
  await openGroup(ada.page, idOf(groupNames.at(-1) ?? ''));
  return { ada, idOf };
}

test('favourites are arranged by drag, on every browser of their person, also after a reload', async ({
  visitor,
  stranger,
}) => {
  const { ada, idOf } = await adaWith(visitor, 'Atlas', 'Borealis', 'Cirrus', 'Delta');
  const { page } = ada;
  const second = await otherBrowser(stranger, ada);
  await openGroup(second, idOf('Delta'));
  for (const name of ['Atlas', 'Borealis', 'Cirrus']) await favour(page, name);
  await expect.poll(() => favourites(second)).toEqual(['Atlas', 'Borealis', 'Cirrus']);

  await row(page, 'Cirrus').dragTo(row(page, 'Atlas'), { targetPosition: { x: 60, y: 3 } });
  await expect.poll(() => favourites(page)).toEqual(['Cirrus', 'Atlas', 'Borealis']);
  await expect.poll(() => favourites(second)).toEqual(['Cirrus', 'Atlas', 'Borealis']);
  await expect(list(page).getByText('Cirrus: favourite 1 of 3')).toBeAttached();
  // Dragging does not open what is dragged.
  await expect(page).toHaveURL(new RegExp(idOf('Delta')));

  // A group from elsewhere becomes one where it is dropped.
  await row(page, 'Delta').dragTo(row(page, 'Atlas'), { targetPosition: { x: 60, y: 28 } });
  await expect.poll(() => favourites(second)).toEqual(['Cirrus', 'Atlas', 'Delta', 'Borealis']);

  // The cached list has them the first time it is shown.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      const shown = [...document.querySelectorAll('nav [data-group] a bdi')];
      if (shown.length === 0) return;
      observer.disconnect();
      document.documentElement.dataset['firstFavourites'] = [
        ...document.querySelectorAll('nav [data-favourite] a bdi'),
      ]
        .map((name) => name.textContent)
        .join();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect.poll(() => favourites(page)).toEqual(['Cirrus', 'Atlas', 'Delta', 'Borealis']);
  await expect(page.locator('html')).toHaveAttribute(
    'data-first-favourites',
    'Cirrus,Atlas,Delta,Borealis',
  );
  await expectAccessible(page);
});

test('favourites are arranged by the keyboard alone', async ({ visitor }) => {
  const { ada, idOf } = await adaWith(visitor, 'Atlas', 'Borealis', 'Cirrus');
  const { page } = ada;
  await row(page, 'Atlas').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => favourites(page)).toEqual(['Atlas']);
  await row(page, 'Borealis').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => favourites(page)).toEqual(['Atlas', 'Borealis']);

  await row(page, 'Borealis').focus();
  await page.keyboard.press('Control+Shift+ArrowUp');
  await expect.poll(() => favourites(page)).toEqual(['Borealis', 'Atlas']);
  await expect(list(page).getByText('Borealis: favourite 1 of 2')).toBeAttached();
  await expect(row(page, 'Borealis')).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Move down' }).press('Enter');
  await expect.poll(() => favourites(page)).toEqual(['Atlas', 'Borealis']);
  await expect(row(page, 'Borealis')).toBeFocused();

  // The keys walk in the order that is shown.
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page).toHaveURL(new RegExp(idOf('Atlas')));
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page).toHaveURL(new RegExp(idOf('Borealis')));
});

test('a favourite that is left goes, and one can be made and ended in the details', async ({
  visitor,
}) => {
  const { ada, idOf } = await adaWith(visitor, 'Atlas', 'Borealis');
  const { page } = ada;
  const grace = await visitor('Grace');
  const engines = await grace.createGroup({ name: 'Engines' });
  await ada.join(engines.id);
  await favour(page, 'Engines');
  await expect.poll(() => favourites(page)).toEqual(['Engines']);
  await ada.api('POST', `/api/groups/${engines.id}/leave`);
  await expect(list(page).getByRole('button', { name: 'Favourites' })).toBeHidden();

  await openGroup(page, idOf('Atlas'));
  await page
    .getByRole('button', { name: /details/i })
    .first()
    .click();
  await page.getByRole('button', { name: 'Add to favourites' }).click();
  await expect.poll(() => favourites(page)).toEqual(['Atlas']);
  await page.getByRole('button', { name: 'Remove from favourites' }).click();
  await expect.poll(() => favourites(page)).toEqual([]);
});

test('a folded section shows what is unread and open, and stays folded after a reload', async ({
  visitor,
}) => {
  const { ada, idOf } = await adaWith(visitor, 'Atlas', 'Borealis', 'Cirrus');
  const { page } = ada;
  const grace = await visitor('Grace');
  const title = list(page).getByRole('button', { name: 'Groups', exact: true });
  await expect(title).toHaveAttribute('aria-expanded', 'true');
  await title.focus();
  await page.keyboard.press('Enter');
  await expect(title).toHaveAttribute('aria-expanded', 'false');
  await expect.poll(() => names(page)).toEqual(['Cirrus']);
  await grace.join(idOf('Atlas'));
  await grace.post(idOf('Atlas'), 'news');
  await expect.poll(() => names(page)).toEqual(['Atlas', 'Cirrus']);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page).toHaveURL(new RegExp(idOf('Atlas')));
  await expect.poll(() => names(page)).toEqual(['Atlas']);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(['Atlas']);
  await title.click();
  await expect.poll(() => names(page)).toEqual(['Atlas', 'Borealis', 'Cirrus']);
});

test('the list stands by name or by the latest message, and may gather what is unread', async ({
  visitor,
}) => {
  const { ada, idOf } = await adaWith(visitor, 'Atlas', 'Borealis', 'Cirrus');
  const { page } = ada;
  await ada.post(idOf('Borealis'), 'the latest');
  await expect.poll(() => names(page)).toEqual(['Atlas', 'Borealis', 'Cirrus']);
  const options = page.getByRole('button', { name: 'List options' });
  await options.click();
  const byLatest = page.getByRole('menuitemradio', { name: 'By latest message' });
  await byLatest.waitFor();
  await expectAccessible(page);
  await byLatest.click();
  await expect.poll(() => names(page)).toEqual(['Borealis', 'Cirrus', 'Atlas']);
  await page.getByRole('menuitemcheckbox', { name: 'Unread on top' }).click();
  await page.keyboard.press('Escape');
  const grace = await visitor('Grace');
  await grace.join(idOf('Atlas'));
  await grace.post(idOf('Atlas'), 'news');
  await expect(list(page).getByRole('button', { name: 'Unread' })).toBeVisible();
  await expect.poll(() => names(page)).toEqual(['Atlas', 'Borealis', 'Cirrus']);
  await row(page, 'Atlas').click();
  await expect(row(page, 'Atlas')).not.toHaveClass(/font-semibold/);
  await expect(list(page).getByRole('button', { name: 'Unread' })).toBeVisible();
  await row(page, 'Cirrus').click();
  await expect(list(page).getByRole('button', { name: 'Unread' })).toBeHidden();

  const phone = { width: 390, height: 844 };
  await page.evaluate(() => localStorage.removeItem('edgewise.list'));
  await page.setViewportSize(phone);
  await page.goto('/');
  await expect.poll(() => names(page)).toEqual(['Atlas', 'Borealis', 'Cirrus']);
  await grace.join(idOf('Cirrus'));
  await grace.post(idOf('Cirrus'), 'later');
  await expect.poll(() => names(page)).toEqual(['Cirrus', 'Atlas', 'Borealis']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`everything is marked as read at once and back, on two browsers, ${colorScheme}`, async ({
    visitor,
    stranger,
  }) => {
    const ada = await visitor('Ada', { colorScheme });
    const grace = await visitor('Grace');
    const quiet = await ada.createGroup({ name: 'Quiet' });
    const groups = [];
    for (const name of ['Atlas', 'Borealis', 'Cirrus']) {
      const group = await ada.createGroup({ name });
      await grace.join(group.id);
      await grace.post(group.id, 'one');
      groups.push(group);
    }
    const [atlas, borealis, cirrus] = groups;
    if (!atlas || !borealis || !cirrus) throw new Error('three groups were made');
    // Muted ones are read as well, and threads.
    await ada.api('PATCH', `/api/groups/${borealis.id}/preferences`, { level: 'none' });
    const root = await ada.post(cirrus.id, 'what do you think?');
    await grace.post(cirrus.id, 'this', { parentId: root.id });
    const { page } = ada;
    await openGroup(page, quiet.id);
    const second = await otherBrowser(stranger, ada);
    await openGroup(second, quiet.id);
    for (const it of [page, second]) {
      await expect(row(it, 'Atlas')).toHaveClass(/font-semibold/);
      await expect(row(it, 'Cirrus')).toHaveClass(/font-semibold/);
    }
    await groupScreen(page).composer.focus();
    await page.keyboard.press('Shift+Escape');
    const bar = page.getByRole('status').filter({ hasText: 'Marked 3 conversations as read' });
    await expect(bar).toBeVisible();
    await expectAccessible(page);
    for (const it of [page, second]) {
      await expect(row(it, 'Atlas')).not.toHaveClass(/font-semibold/);
      await expect(row(it, 'Cirrus')).not.toHaveClass(/font-semibold/);
    }
    // What arrives in between adds to what the undo brings back.
    await grace.post(atlas.id, 'two');
    await expect(row(second, 'Atlas')).toHaveAccessibleName(
      `${isolated('Atlas')}, 1 unread message`,
    );
    await bar.getByRole('button', { name: 'Undo' }).click();
    await expect(bar).toBeHidden();
    for (const it of [page, second]) {
      await expect(row(it, 'Atlas')).toHaveAccessibleName(
        `${isolated('Atlas')}, 2 unread messages`,
      );
      await expect(row(it, 'Cirrus')).toHaveClass(/font-semibold/);
    }
    const socket = await ada.connectInbox();
    const { groups: entries } = await socket.next('inbox_state');
    await socket.close();
    const now = (id: string) => entries.find(({ group }) => group.id === id);
    expect(now(borealis.id)?.unread).toBe(1);
    expect(now(cirrus.id)?.threads).toMatchObject([{ parentId: root.id, unread: 1 }]);
  });
}

test('the switcher and the menu mark everything as read, and say so if nothing was unread', async ({
  visitor,
}) => {
  const { ada, idOf } = await adaWith(visitor, 'Atlas', 'Borealis');
  const { page } = ada;
  await page.getByRole('button', { name: 'Jump to' }).click();
  await page.getByRole('combobox').fill('mark all');
  await page.keyboard.press('Enter');
  const bar = page.getByRole('status').filter({ hasText: 'Everything is read already' });
  await expect(bar).toBeVisible();
  await expect(bar.getByRole('button')).toHaveCount(0);
  const grace = await visitor('Grace');
  await grace.join(idOf('Atlas'));
  await grace.post(idOf('Atlas'), 'news');
  await expect(row(page, 'Atlas')).toHaveClass(/font-semibold/);
  await page.getByRole('button', { name: 'List options' }).click();
  await page.getByRole('menuitem', { name: 'Mark all as read' }).click();
  await expect(page.getByText('Marked 1 conversation as read')).toBeVisible();
  await expect(row(page, 'Atlas')).not.toHaveClass(/font-semibold/);
});
