import { expect, type Page } from '@playwright/test';

/**
 * Scrolls a list of messages up by `by` pixels, until the newest message is out of view. A list that was only just opened
 * may undo the first scroll, and one without messages cannot scroll.
 */
export async function leaveTheEnd(page: Page, by = 900): Promise<void> {
  await page.getByRole('log').first().hover();
  await expect(async () => {
    await page.mouse.wheel(0, -by);
    await expect(page.getByRole('button', { name: 'Jump to newest' })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 15_000 });
}
