import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/browser.ts';
import { type Chosen, tiles } from './chosen-files.ts';
import { openPair } from './pair.ts';

/** Two seconds of silence, 8,000 samples of 8 bits a second. */
function wav(): Chosen {
  const samples = 16_000;
  const buffer = Buffer.alloc(44 + samples, 0x80);
  buffer.write('RIFF', 0);
  buffer.writeUInt32LE(36 + samples, 4);
  buffer.write('WAVEfmt ', 8);
  buffer.writeUInt32LE(16, 16);
  // PCM, one channel.
  buffer.writeUInt16LE(1, 20);
  buffer.writeUInt16LE(1, 22);
  buffer.writeUInt32LE(8_000, 24);
  buffer.writeUInt32LE(8_000, 28);
  buffer.writeUInt16LE(1, 32);
  buffer.writeUInt16LE(8, 34);
  buffer.write('data', 36);
  buffer.writeUInt32LE(samples, 40);
  return { name: 'tone.wav', mimeType: 'audio/wav', buffer };
}

/** A second of a moving picture, as Chromium records it. */
async function webm(page: Page): Promise<Chosen> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [160, 80];
    const context = canvas.getContext('2d');
    const stream = canvas.captureStream(20);
    const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void parts.push(data);
    const stopped = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    for (let n = 0; n < 20; n += 1) {
      if (context) context.fillStyle = `hsl(${n * 18} 80% 50%)`;
      context?.fillRect(0, 0, 160, 80);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
  });
  return { name: 'film.webm', mimeType: 'video/webm', buffer: Buffer.from(bytes) };
}

/** What a player says of itself. */
const stateOf = (player: Locator) =>
  player.evaluate((it: HTMLMediaElement) => ({
    isLoaded: it.readyState > 0,
    hasFailed: it.error !== null,
    time: it.currentTime,
    rate: it.playbackRate,
  }));

test('a sound is played in place with its duration, seeking and speed', async ({ visitor }) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  await page.locator('main input[type=file]').setInputFiles([wav()]);
  await expect(tiles(page)).toHaveCount(1);
  await screen.say('Listen');
  const grace = await graceLooks();
  const shown = grace.screen.message('Listen');
  const player = shown.locator('audio');
  await expect(player).toHaveAttribute('aria-label', 'tone.wav');
  await expect(shown).toContainText('0:02');
  await expect.poll(() => stateOf(player)).toMatchObject({ isLoaded: true, hasFailed: false });
  await player.evaluate((it: HTMLAudioElement) => {
    it.currentTime = 1.5;
  });
  await expect.poll(() => stateOf(player)).toMatchObject({ time: 1.5 });
  await shown.getByRole('button', { name: 'Speed: 1 times' }).click();
  await expect(shown.getByRole('button', { name: 'Speed: 1.5 times' })).toBeVisible();
  expect(await stateOf(player)).toMatchObject({ rate: 1.5 });
  await player.evaluate((it: HTMLAudioElement) => it.play());
  await expect.poll(async () => (await stateOf(player)).time).toBeGreaterThan(1.6);
  await expectAccessible(grace.page);
});

test('a video has its space from the first frame on, and is played in place', async ({
  visitor,
}) => {
  const { page, screen, graceLooks } = await openPair(visitor);
  await page.locator('main input[type=file]').setInputFiles([await webm(page)]);
  await expect(tiles(page)).toHaveCount(1);
  await screen.say('Watch');
  const grace = await graceLooks();
  const shown = grace.screen.message('Watch');
  const box = await shown.getByRole('listitem').boundingBox();
  expect(box && [Math.round(box.width), Math.round(box.height)]).toEqual([160, 80]);
  const player = shown.locator('video');
  await expect(player).toHaveAttribute('aria-label', 'film.webm');
  await expect.poll(() => stateOf(player)).toMatchObject({ isLoaded: true, hasFailed: false });
  await player.evaluate((it: HTMLVideoElement) => it.play());
  await expect.poll(async () => (await stateOf(player)).time).toBeGreaterThan(0.1);
  await expect(shown.locator('canvas')).toHaveCount(0);
  await shown.hover();
  await shown.getByRole('button', { name: 'Speed: 1 times' }).click();
  expect(await stateOf(player)).toMatchObject({ rate: 1.5 });
  await expectAccessible(grace.page);
});
