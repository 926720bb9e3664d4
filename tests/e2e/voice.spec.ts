import { existsSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { groupScreen, openGroup } from './group-screen.ts';
import { openPair } from './pair.ts';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** Chromium's own microphone, which beeps once a second, and its answer to the question whether it may be used. */
test.use({
  launchOptions: {
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  },
});

const record = (page: Page) => page.getByRole('button', { name: 'Record a voice message' });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop and attach the recording' });
const tiles = (page: Page) =>
  page.getByRole('list', { name: 'Files to send' }).getByRole('listitem');

/** Records until the bar says two seconds, or more on a busy machine. */
async function recordTwoSeconds(page: Page): Promise<void> {
  await record(page).click();
  await expect(page.getByRole('timer')).toHaveText(/^0:(0[2-9]|[1-9]\d)$/);
}

/** The duration in the file itself, and where it is after seeking there, s. */
function measured(voice: Locator): Promise<{ duration: number; after: number }> {
  return voice.locator('audio').evaluate(async (it: HTMLAudioElement) => {
    it.preload = 'auto';
    it.load();
    await new Promise((resolve) => it.addEventListener('loadedmetadata', resolve));
    const sought = new Promise((resolve) => it.addEventListener('seeked', resolve));
    it.currentTime = 1.5;
    await sought;
    return { duration: it.duration, after: it.currentTime };
  });
}

test('a voice message is recorded, listened to, sent, and played on the other side', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  const grace = await graceLooks();
  await recordTwoSeconds(page);
  await stop(page).click();
  await expect(tiles(page)).toHaveCount(1);
  await expect(page.getByRole('timer')).toHaveCount(0);
  await expect(screen.composer).toBeFocused();

  await page.getByRole('button', { name: /^Play Voice message/ }).click();
  await expect(page.getByRole('button', { name: /^Pause Voice message/ })).toBeVisible();
  await expectAccessible(page);
  await screen.say('Listen');

  const voice = grace.screen.message('Listen').getByRole('group', { name: /^Voice message/ });
  const shown = await voice.getByText(/^0:\d\d$/).innerText();
  const { duration, after } = await measured(voice);
  expect(duration).toBeGreaterThan(1.8);
  expect(Math.abs(duration - Number(shown.slice(2)))).toBeLessThan(1);
  expect(after).toBeCloseTo(1.5, 1);

  const position = voice.getByRole('slider', { name: 'Position' });
  await position.focus();
  await position.press('ArrowLeft');
  await expect(position).toHaveAttribute('aria-valuetext', /^0:00 of/);
  await voice.getByRole('button', { name: 'Speed: 1 times' }).click();
  await voice.getByRole('button', { name: 'Speed: 1.5 times' }).click();
  await voice.getByRole('button', { name: 'Play' }).click();
  await expect(voice.getByRole('button', { name: 'Pause' })).toBeVisible();
  // To its end, and back to the beginning.
  await expect(voice.getByRole('button', { name: 'Play' })).toBeVisible();
  const heard = await voice
    .locator('audio')
    .evaluate((it: HTMLAudioElement) => [it.ended, it.playbackRate, it.played.length > 0]);
  expect(heard).toEqual([true, 2, true]);
  await expectAccessible(grace.page);
  await grace.page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(grace.page);
});

test('a recording is discarded with Escape', async ({ visitor }) => {
  const { page, screen } = await openPair(visitor);
  await recordTwoSeconds(page);
  await expectAccessible(page);
  await screen.composer.fill('Kept');
  await screen.composer.press('Escape');
  await expect(page.getByRole('timer')).toHaveCount(0);
  await expect(tiles(page)).toHaveCount(0);
  await expect(screen.composer).toHaveValue('Kept');
});

test('what was recorded is in the draft of a group that is left meanwhile', async ({ visitor }) => {
  const ada = await visitor('Ada');
  const { page } = ada;
  const first = await ada.createGroup({ name: 'Engines' });
  await ada.createGroup({ name: 'Looms' });
  await openGroup(page, first.id);
  await recordTwoSeconds(page);
  await page.getByRole('link', { name: /Looms/ }).click();
  await expect(groupScreen(page).composer).toHaveAccessibleName('Message Looms');
  await expect(page.getByRole('timer')).toHaveCount(0);
  await expect(tiles(page)).toHaveCount(0);
  await page.getByRole('link', { name: /Engines/ }).click();
  await expect(tiles(page)).toHaveText([/Voice message/]);
});

test('the page asks before it is left while it records', async ({ visitor }) => {
  const { page } = await openPair(visitor);
  await recordTwoSeconds(page);
  const asked = page.waitForEvent('dialog');
  const left = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await left;
  await expect(record(page)).toBeVisible();
});

test('a microphone that is refused is explained', async ({ visitor }) => {
  const { page } = await openPair(visitor);
  // The flag allows every question: this is what the browser answers when a person refuses.
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await record(page).click();
  await expect(page.getByRole('alert')).toContainText('The microphone is blocked');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
