import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { type Chosen, picture, text } from './chosen-files.ts';
import { openGroup } from './group-screen.ts';
import { pair } from './pair.ts';

const EDIT = { name: 'Edit name, topic and picture' };

/** The pictures in a part of the page that are loaded. */
async function loadedIn(page: Page, selector: string): Promise<number> {
  return page
    .locator(`${selector} img[src*="/api/files/"]`)
    .evaluateAll(
      (images) =>
        images.filter(
          (it) => it instanceof HTMLImageElement && it.naturalWidth > 0 && it.style.opacity !== '0',
        ).length,
    );
}

const LIST = 'a[href^="/g/"]';
const HEADER = 'header h1';

async function edit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await page.getByRole('button', EDIT).click();
}

async function choose(page: Page, file: Chosen): Promise<void> {
  await page.getByLabel('Picture of the group').setInputFiles(file);
}

/** Where everything in the list and the header of the group stands. */
async function places(page: Page): Promise<unknown> {
  return page.locator(`${LIST} bdi, ${HEADER} bdi`).evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height];
    }),
  );
}

test('an owner gives a group a picture, which the others see at once, and takes it away', async ({
  visitor,
}) => {
  const { ada, grace, group } = await pair(visitor, 'Painters');
  await openGroup(ada.page, group.id);
  await openGroup(grace.page, group.id);
  const before = await places(grace.page);

  await edit(ada.page);
  await choose(ada.page, await picture(ada.page, 'us.png', 900, 600));
  const preview = ada.page.getByRole('img', { name: 'The chosen one' });
  await expect(preview).toBeVisible();
  expect(
    await preview.evaluate((it: HTMLImageElement) => [it.naturalWidth, it.naturalHeight]),
  ).toEqual([512, 512]);
  // It is only shown until it is saved.
  expect(await loadedIn(grace.page, HEADER)).toBe(0);
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await expect(ada.page.getByRole('button', EDIT)).toBeVisible();

  await expect(grace.page.getByText('changed the group picture')).toBeVisible();
  for (const { page } of [ada, grace]) {
    await expect.poll(() => loadedIn(page, HEADER)).toBe(1);
    await expect.poll(() => loadedIn(page, LIST)).toBe(1);
  }
  expect(await places(grace.page)).toEqual(before);
  await expect
    .poll(() => loadedIn(ada.page, 'aside, [aria-label="Group details"]'))
    .toBeGreaterThan(0);

  // After a reload too, where the list comes from the server or from this device.
  await grace.page.reload();
  await expect.poll(() => loadedIn(grace.page, HEADER)).toBe(1);
  await expect.poll(() => loadedIn(grace.page, LIST)).toBe(1);

  await ada.page.getByRole('button', EDIT).click();
  await ada.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await expect(grace.page.getByText('removed the group picture')).toBeVisible();
  for (const { page } of [ada, grace]) {
    await expect(page.locator('img[src*="/api/files/"]')).toHaveCount(0);
  }
  expect(await places(grace.page)).toEqual(before);
});

test('a file that is no picture is refused in words, and what was typed stays', async ({
  visitor,
}) => {
  const { ada, group } = await pair(visitor, 'Painters');
  await openGroup(ada.page, group.id);
  await edit(ada.page);
  await ada.page.getByLabel('Name', { exact: true }).fill('Sculptors');
  await choose(ada.page, text('notes.txt'));
  await expect(ada.page.getByRole('alert')).toHaveText(/cannot open the file as a picture/);
  await choose(ada.page, await picture(ada.page, 'us.png', 60, 90));
  await expect(ada.page.getByRole('alert')).toHaveCount(0);
  await ada.page.getByRole('button', { name: 'Discard' }).click();
  await expect(ada.page.getByRole('button', { name: 'Choose picture' })).toBeVisible();
  await ada.page.getByRole('button', { name: 'Save' }).click();
  await expect(ada.page.getByRole('heading', { name: 'Sculptors', level: 1 })).toBeVisible();
  await expect(ada.page.locator('img[src*="/api/files/"]')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the picture and its form can be used by everyone in ${colorScheme} colours`, async ({
    visitor,
  }) => {
    const ada = await visitor('Ada', { colorScheme, reducedMotion: 'reduce' });
    const group = await ada.createGroup({ name: 'Painters' });
    await openGroup(ada.page, group.id);
    await edit(ada.page);
    await expectAccessible(ada.page);
    await choose(ada.page, await picture(ada.page, 'us.png', 600, 600));
    await expect(ada.page.getByRole('img', { name: 'The chosen one' })).toBeVisible();
    await expectAccessible(ada.page);
    await ada.page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => loadedIn(ada.page, HEADER)).toBe(1);
    await expectAccessible(ada.page);
  });
}
