import { expect, type Locator, type Page } from '@playwright/test';

/** A group on somebody's screen, in the words of who looks at it. */
export interface GroupScreen {
  timeline: Locator;
  composer: Locator;
  /** The messages that say exactly this. */
  message(text: string): Locator;
  /** What every message says that is in the page, from the top. */
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

/** Goes to a group and waits until one can write in it. */
export async function openGroup(page: Page, groupId: string): Promise<GroupScreen> {
  await page.goto(`/g/${groupId}`);
  const screen = groupScreen(page);
  await expect(screen.composer).toBeVisible();
  return screen;
}
