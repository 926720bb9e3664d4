import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MediaError } from '../../../protocol/media/media-error.ts';
import { canStrip, stripped } from '../../../protocol/media/stripped.ts';
import { box, bytesOf, exifOf, pngChunk, segment, u32 } from '../../support/picture-parts.ts';
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  bombs,
  cameraJpeg,
  cameraPng,
  cameraWebp,
  plain,
  svgWithScript,
  truncated,
} from '../../support/pictures.ts';
import { streamOf, strip } from './strip.ts';

const broken = expect.objectContaining({ name: 'MediaError', code: 'broken' });
const tooLarge = expect.objectContaining({
  name: 'MediaError',
  code: 'too_large',
  message: expect.stringMatching(
    /^The picture has \d+ megapixels in all of its frames, and at most 100 /,
  ),
});

describe('a truncated picture', () => {
  it.each([
    ['image/jpeg', () => cameraJpeg(6)],
    ['image/png', () => cameraPng(6)],
    ['image/webp', () => cameraWebp(6)],
    ['image/gif', animatedGif],
    ['image/apng', animatedPng],
    ['image/webp', animatedWebp],
    ['image/avif', plain.avif],
  ])(
    'of %s is the beginning of the whole one, or refused before its pixels begin',
    async (type, build) => {
      const bytes = await build();
      const whole = (await strip(type, bytes)).bytes;
      let shown = 0;
      for (let length = 0; length < bytes.length; length += 31) {
        const cut = bytes.subarray(0, length);
        const kept = await strip(type, cut).then((it) => it.bytes, codeOf);
        if (typeof kept === 'string') {
          expect(kept).toBe('broken');
          expect(shown, 'nothing was shown of less').toBe(0);
          continue;
        }
        shown += 1;
        const isEnded = type === 'image/jpeg' && kept.subarray(-2).toString('hex') === 'ffd9';
        const part = isEnded ? kept.subarray(0, -2) : kept;
        expect(whole.subarray(0, part.length).equals(part)).toBe(true);
        expect((await strip(type, kept)).bytes.equals(kept)).toBe(true);
      }
      expect(shown).toBeGreaterThan(2);
    },
  );

  it('still decodes', async () => {
    const { bytes, info } = await strip('image/jpeg', truncated(await cameraJpeg(1)));
    expect(info).toMatchObject({ width: 48, height: 32 });
    await expect(sharp(bytes, { failOn: 'none' }).raw().toBuffer()).resolves.toHaveLength(
      48 * 32 * 3,
    );
  });
});

const codeOf = (error: unknown): string => (error instanceof MediaError ? error.code : 'a bug');

describe('a file is refused as broken', () => {
  const header = pngChunk('IHDR', u32(4), u32(4), '\x08\x02\0\0\0');
  const cases: [what: string, type: string, bytes: () => Uint8Array | Promise<Uint8Array>][] = [
    ...[...'jpeg png apng webp gif avif'.split(' ')].flatMap((name): typeof cases => [
      [`nothing as ${name}`, `image/${name}`, () => new Uint8Array(0)],
      [`an SVG as ${name}`, `image/${name}`, svgWithScript],
      [`Exif data alone as ${name}`, `image/${name}`, () => exifOf(6)],
    ]),
    ['a text as MP4', 'video/mp4', svgWithScript],
    ['a PNG as JPEG', 'image/jpeg', plain.png],
    ['a JPEG as PNG', 'image/png', plain.jpeg],
    ['a GIF as WebP', 'image/webp', plain.gif],
    ['a WebP as AVIF', 'image/avif', plain.webp],
    ['a JPEG without pixels', 'image/jpeg', () => bytesOf('\xff\xd8\xff\xd9')],
    ['a JPEG segment of length 1', 'image/jpeg', () => bytesOf('\xff\xd8\xff\xe1\0\x01')],
    [
      'a JPEG of no height',
      'image/jpeg',
      () => bytesOf('\xff\xd8', segment(0xc0, '\x08\0\0\0\x04\x01\x01\x11\0')),
    ],
    [
      'a PNG of no width',
      'image/png',
      () => bytesOf('\x89PNG\r\n\x1a\n', pngChunk('IHDR', u32(0), u32(4), '\x08\x02\0\0\0')),
    ],
    [
      'a PNG with pixels before its size',
      'image/png',
      () => bytesOf('\x89PNG\r\n\x1a\n', pngChunk('IDAT', ''), header),
    ],
    [
      'a PNG with a chunk that must be known',
      'image/png',
      () => bytesOf('\x89PNG\r\n\x1a\n', header, pngChunk('ABCD', '')),
    ],
    [
      'a WebP chunk that is longer than the file says',
      'image/webp',
      () => bytesOf('RIFF\x0c\0\0\0WEBPVP8 \xff\0\0\0'),
    ],
    [
      'an AVIF whose pixels come before it is said where they are',
      'image/avif',
      () => bytesOf(box('ftyp', 'avif'), box('mdat', 'pixels')),
    ],
    [
      'an AVIF without items',
      'image/avif',
      () => bytesOf(box('ftyp', 'avif'), box('meta', '\0\0\0\0')),
    ],
    [
      'an AVIF with a list of a gigabyte',
      'image/avif',
      () => bytesOf(box('ftyp', 'avif'), u32(2 ** 30), 'meta'),
    ],
    [
      'an MP4 with a box that is longer than the one around it',
      'video/mp4',
      () => bytesOf(box('ftyp', 'isom'), box('free', ''), u32(3), 'moov'),
    ],
  ];

  it('an AVIF that says 65,535 times where a picture is, without a byte for each', async () => {
    const avif = Buffer.from(await plain.avif());
    const at = avif.indexOf('iloc') + 8;
    avif.writeUInt8(0, at);
    avif.writeUInt16BE(65_535, at + 12);
    await expect(strip('image/avif', avif)).rejects.toEqual(broken);
  });

  it.each(cases)('%s', async (_what, type, build) => {
    await expect(strip(type, await build())).rejects.toEqual(broken);
  });
});

it('a film of boxes in boxes is cut where no player looks any more', async () => {
  let nested = box('free', '');
  for (let depth = 0; depth < 2_000; depth += 1) nested = box('moov', nested);
  const { bytes, info } = await strip('video/mp4', bytesOf(box('ftyp', 'isom'), nested));
  expect(bytes.length).toBeLessThan(100);
  expect(info.removed).toEqual(['tail']);
});

describe('too many pixels', () => {
  it.each(Object.entries(bombs))(
    'of %s are refused before the picture is there',
    async (type, build) => {
      const { stream, info } = stripped(type, streamOf(build()));
      await expect(new Response(stream).arrayBuffer()).rejects.toEqual(tooLarge);
      await expect(info).rejects.toEqual(tooLarge);
    },
  );

  it('of an AVIF are refused', async () => {
    const avif = await plain.avif();
    const at = Buffer.from(avif).indexOf('ispe') + 8;
    const bytes = bytesOf(avif.subarray(0, at), u32(60_000), u32(60_000), avif.subarray(at + 8));
    await expect(strip('image/avif', bytes)).rejects.toEqual(tooLarge);
  });

  it('of all frames that an APNG claims together are refused', async () => {
    const png = await animatedPng();
    const at = Buffer.from(png).indexOf('acTL') + 4;
    const bytes = bytesOf(png.subarray(0, at), u32(1_000_000), png.subarray(at + 4));
    await expect(strip('image/apng', bytes)).rejects.toEqual(tooLarge);
  });
});

describe('the types', () => {
  it.each(['image/svg+xml', 'image/heic', 'text/html', 'application/pdf', 'audio/mpeg', ''])(
    '%s cannot be stripped',
    (type) => {
      expect(canStrip(type)).toBe(false);
      expect(() => stripped(type, streamOf(new Uint8Array(1)))).toThrow('ask canStrip before');
    },
  );
});
