import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { openGroup } from './group-screen.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Colours fade in, and axe must see their final values. */
async function expectFaultless(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  await expectAccessible(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test('the welcome and sign-in pages have no faults', async ({ stranger }) => {
      const { page } = await stranger({ colorScheme, viewport: DESKTOP, reducedMotion: 'reduce' });
      await page.goto('/');
      await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
      await expectFaultless(page);
      await page.goto('/sign-in');
      await expect(page.getByLabel('Email address')).toBeVisible();
      await expectFaultless(page);
      await page.goto('/sign-up');
      await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
      await expectFaultless(page);
    });

    for (const viewport of [DESKTOP, PHONE]) {
      const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;

      test(`a group has no faults at ${viewport.width} px`, async ({ visitor }) => {
        const ada = await visitor('Ada', options);
        const { page } = ada;
        // The last owner is not offered to leave.
        const owner = await visitor('Grace');
        const group = await owner.createGroup({ name: 'Seen by axe', topic: 'Contrast' });
        await ada.join(group.id);
        const marks = ['plain', '`code` **bold** [link](https://example.com)', '```ts\n1\n```'];
        for (const content of marks) {
          await ada.post(group.id, content);
        }
        const screen = await openGroup(page, group.id);
        await expect(screen.message('plain')).toBeVisible();
        await screen.composer.fill('x'.repeat(8_001));
        await expectFaultless(page);

        await page.goto(`/g/${group.id}?panel=details`);
        await expect(page.getByRole('button', { name: 'Leave group' })).toBeVisible();
        await expectFaultless(page);
        await page.getByRole('button', { name: 'Leave group' }).click();
        await expect(page.getByRole('alertdialog')).toBeVisible();
        await expectFaultless(page);
      });

      test(`the list, browsing and the dialogs have no faults at ${viewport.width} px`, async ({
        visitor,
      }) => {
        const ada = await visitor('Ada', options);
        const { page, name } = ada;
        await page.goto('/');
        await expect(page.getByText('You are in no group yet')).toBeVisible();
        await expectFaultless(page);
        await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        await expectFaultless(page);

        await page.goto('/browse');
        await expect(page.getByRole('searchbox')).toBeVisible();
        await expectFaultless(page);
        await page.getByRole('button', { name: 'Create a group' }).last().click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await page.getByRole('combobox').fill('Ada');
        await expectFaultless(page);
      });

      test(`the profile and a wrong address have no faults at ${viewport.width} px`, async ({
        visitor,
      }) => {
        const { page } = await visitor('Ada', options);
        await page.goto('/nowhere');
        await expect(page.getByText('There is nothing here')).toBeVisible();
        await expectFaultless(page);
        await page.goto('/profile');
        await expect(page.getByText('Profile details')).toBeVisible();
        await expectFaultless(page);
      });
    }
  });
}
