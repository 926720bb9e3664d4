import { expect, type Locator, type Page } from '@playwright/test';

/** An open group on a page. */
export interface GroupScreen {
  timeline: Locator;
  composer: Locator;
  /** The messages with exactly this text. */
  message(text: string): Locator;
  /** The texts of all messages in the page, from the top. */
  texts(): Promise<string[]>;
  /** Waits until the server has my message with exactly this text. It may be read at once, where someone else looks. */
  arrived(text: string): Promise<void>;
  /** Writes it and presses Enter. */
  say(text: string): Promise<void>;
}

/** The group that `page` shows. */
export function groupScreen(page: Page): GroupScreen {
  const timeline = page.getByRole('log');
  const composer = page.getByRole('textbox', { name: /^Message / });
  const message = (text: string) =>
    timeline.getByRole('article').filter({ has: page.getByText(text, { exact: true }) });
  return {
    timeline,
    composer,
    message,
    async arrived(text) {
      const receipt = message(text).getByText(/^\s*(?:Sent|Delivered|Read(?: by \d+)?)$/);
      await expect(receipt).toBeVisible();
    },
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
