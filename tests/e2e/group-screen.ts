import { expect, type Locator, type Page } from '@playwright/test';

/** An open group on a page. */
export interface GroupScreen {
  timeline: Locator;
  composer: Locator;
  /** The messages with exactly this text. */
  message(text: string): Locator;
  /** The texts of all messages in the page, from the top. */
  texts(): Promise<string[]>;
  /** Writes it and presses Enter. */
  say(text: string): Promise<void>;
}

/** The group that `page` shows. */
export function groupScreen(page: Page): GroupScreen {
  const timeline = page.getByRole('log');
  const composer = page.getByRole('textbox', { name: /^Message / });
  return {
    timeline,
    composer,
    message: (text) =>
      timeline.getByRole('article').filter({ has: page.getByText(text, { exact: true }) }),
    texts: () => timeline.locator('article p').allInnerTexts(),
    async say(text) {
      await composer.fill(text);
      await composer.press('Enter');
      await expect(composer).toHaveValue('');
    },
  };
}

/** Opens a group and waits for its composer. */
export async function openGroup(page: Page, groupId: string): Promise<GroupScreen> {
  await page.goto(`/g/${groupId}`);
  const screen = groupScreen(page);
  await expect(screen.composer).toBeVisible();
  return screen;
}
