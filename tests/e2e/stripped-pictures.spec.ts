import { expect, test } from '@playwright/test';
import { stripped } from '../../protocol/media/stripped.ts';
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  cameraAvif,
  cameraJpeg,
  cameraPng,
  cameraWebp,
  cmykJpeg,
  deepPng,
  lateMetadataJpeg,
  motionPhoto,
  polyglot,
  profiledJpeg,
  truncated,
} from '../support/pictures.ts';

const pictures: [what: string, type: string, build: () => Promise<Uint8Array>][] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((orientation): typeof pictures => [
    [`a JPEG of orientation ${orientation}`, 'image/jpeg', () => cameraJpeg(orientation)],
    [`a PNG of orientation ${orientation}`, 'image/png', () => cameraPng(orientation)],
  ]),
  ['a JPEG with XMP between scans', 'image/jpeg', lateMetadataJpeg],
  ['a motion photo', 'image/jpeg', motionPhoto],
  ['a JPEG with an ICC profile', 'image/jpeg', profiledJpeg],
  ['a CMYK JPEG', 'image/jpeg', cmykJpeg],
  ['a truncated JPEG', 'image/jpeg', async () => truncated(await cameraJpeg(6))],
  ['a PNG of 16 bits', 'image/png', deepPng],
  ['an APNG', 'image/png', animatedPng],
  ['a WebP that is said to be turned', 'image/webp', () => cameraWebp(6)],
  ['an animated WebP', 'image/webp', animatedWebp],
  ['an animated GIF', 'image/gif', animatedGif],
  ['a polyglot of GIF and HTML', 'image/gif', polyglot],
  ['an AVIF', 'image/avif', cameraAvif],
];

test('a browser shows a picture without its metadata as before, in each frame', async ({
  page,
}) => {
  // The decoder exists only on pages of a safe origin, and those of Edgewise forbid pictures from elsewhere.
  await page.route('**/empty', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto('/empty');
  for (const [what, type, build] of pictures) {
    await test.step(what, async () => {
      const bytes = await build();
      const { stream, info } = stripped(type, new Blob([Buffer.from(bytes)]).stream());
      const without = Buffer.from(await new Response(stream).arrayBuffer());
      const { removed, width, height, frames, durationMs } = await info;
      const before = await page.evaluate(shown, [type, Buffer.from(bytes).toString('base64')]);
      const after = await page.evaluate(shown, [type, without.toString('base64')]);
      expect(after).toEqual(before);
      expect(after.image).toEqual({ width, height });
      expect(after.frames).toHaveLength(frames ?? 0);
      expect(after.durationMs).toBe(durationMs ?? 0);
      expect(removed.length > 0 || without.equals(bytes)).toBe(true);
    });
  }
});

/** What the browser shows of a picture: its size, and a hash of the pixels of each frame. Runs in the page. */
async function shown([type = '', base64 = '']: string[]) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([bytes], { type }));
  await image.decode();
  const { naturalWidth, naturalHeight } = image;
  const canvas = new OffscreenCanvas(naturalWidth, naturalHeight);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  const hash = async (picture: CanvasImageSource) => {
    context.clearRect(0, 0, naturalWidth, naturalHeight);
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, naturalWidth, naturalHeight);
    return String(new Uint8Array(await crypto.subtle.digest('SHA-256', data)));
  };
  const decoder = new ImageDecoder({ type, data: bytes });
  await decoder.tracks.ready;
  await decoder.completed.catch(() => undefined);
  const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
  // This decoder, unlike a page, shows nothing of a picture that ends too early.
  const frames = count > 1 ? [] : [await hash(image)];
  let durationMs = 0;
  for (let frameIndex = 0; frameIndex < count && count > 1; frameIndex += 1) {
    const { image: frame } = await decoder.decode({ frameIndex });
    frames.push(await hash(frame));
    durationMs += (frame.duration ?? 0) / 1000;
    frame.close();
  }
  return {
    image: { width: naturalWidth, height: naturalHeight },
    frames,
    durationMs,
  };
}
