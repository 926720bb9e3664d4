import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { MediaInfo } from '../../../protocol/media/facts.ts';
import { filmWithPlace } from '../../support/films.ts';
import { bytesOf, SECRET } from '../../support/picture-parts.ts';
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
  plain,
  polyglot,
  profiledJpeg,
} from '../../support/pictures.ts';
import { streamOf, strip } from './strip.ts';

const still = { width: 48, height: 32, frames: 1 };
const moving = { width: 48, height: 32, frames: 3, durationMs: 300 };
const film = { width: 640, height: 360, durationMs: 12_500 };

type Picture = [what: string, type: string, build: () => Promise<Uint8Array>, info: MediaInfo];
const pictures: Picture[] = [
  ['a JPEG without metadata', 'image/jpeg', plain.jpeg, { ...still, removed: [] }],
  [
    'a JPEG from a camera',
    'image/jpeg',
    () => cameraJpeg(1),
    {
      ...still,
      removed: ['exif', 'iptc', 'location', 'other', 'text', 'thumbnail', 'xmp'],
    },
  ],
  ['a JPEG with XMP between scans', 'image/jpeg', lateMetadataJpeg, { ...still, removed: ['xmp'] }],
  ['a motion photo', 'image/jpeg', motionPhoto, { ...still, removed: ['tail'] }],
  ['a JPEG with an ICC profile', 'image/jpeg', profiledJpeg, { ...still, removed: [] }],
  ['a CMYK JPEG', 'image/jpeg', cmykJpeg, { ...still, removed: [] }],
  ['a PNG without metadata', 'image/png', plain.png, { ...still, removed: [] }],
  [
    'a PNG from a camera',
    'image/png',
    () => cameraPng(1),
    { ...still, removed: ['exif', 'location', 'other', 'text', 'time'] },
  ],
  ['a PNG of 16 bits', 'image/png', deepPng, { ...still, removed: [] }],
  ['an APNG', 'image/apng', animatedPng, { ...moving, removed: [] }],
  ['a WebP without metadata', 'image/webp', plain.webp, { ...still, removed: [] }],
  ['a lossless WebP', 'image/webp', plain.lossless, { ...still, removed: [] }],
  [
    'a WebP from a camera',
    'image/webp',
    () => cameraWebp(1),
    { ...still, removed: ['exif', 'location', 'other', 'xmp'] },
  ],
  [
    'an animated WebP',
    'image/webp',
    animatedWebp,
    { ...moving, removed: ['exif', 'location', 'xmp'] },
  ],
  ['a GIF without metadata', 'image/gif', plain.gif, { ...still, removed: [] }],
  ['an animated GIF', 'image/gif', animatedGif, { ...moving, removed: ['other', 'text', 'xmp'] }],
  ['a polyglot of GIF and HTML', 'image/gif', polyglot, { ...still, removed: ['tail', 'text'] }],
  ['an AVIF without metadata', 'image/avif', plain.avif, { ...still, removed: [] }],
  ['an AVIF from a camera', 'image/avif', cameraAvif, { ...still, removed: ['exif', 'xmp'] }],
];
const films: Picture[] = [
  [
    'an MP4',
    'video/mp4',
    async () => filmWithPlace(),
    { ...film, removed: ['other', 'user_data'] },
  ],
  [
    'an upright QuickTime film',
    'video/quicktime',
    async () => filmWithPlace({ isTurned: true, brand: 'qt  ' }),
    { width: 360, height: 640, durationMs: 12_500, removed: ['other', 'user_data'] },
  ],
];

describe('what is removed', () => {
  it.each([...pictures, ...films])(
    '%s: all metadata, and nothing else',
    async (_what, type, build, info) => {
      const bytes = await build();
      const first = await strip(type, bytes);
      expect(first.info).toEqual(info);
      expect(first.bytes.includes(SECRET)).toBe(false);
      if (info.removed.length === 0) expect(first.bytes.equals(bytes)).toBe(true);

      const second = await strip(type, first.bytes);
      expect(second.bytes.equals(first.bytes), 'stripping twice is stripping once').toBe(true);
      expect(second.info).toEqual({ ...info, removed: [] });

      for (const size of [1, 2, 7, 100]) {
        const cut = await strip(type, streamOf(bytes, size));
        expect(cut.bytes.equals(first.bytes), `chunks of ${size}`).toBe(true);
        expect(cut.info).toEqual(first.info);
      }
    },
  );

  it.each(pictures)(
    '%s: decodes to the same pixels, with the same colours',
    async (_what, type, build) => {
      const bytes = await build();
      const stripped = await strip(type, bytes);
      expect(await decoded(stripped.bytes)).toEqual(await decoded(bytes));
    },
  );

  it.each(films)('%s: no byte has another place than before', async (_what, type, build) => {
    const bytes = Buffer.from(await build());
    const stripped = await strip(type, bytes);
    expect(stripped.bytes.length).toBe(bytes.length);
    for (const content of ['the pictures', 'stco', 'mdhd', 'tkhd']) {
      expect(stripped.bytes.indexOf(content)).toBe(bytes.indexOf(content));
    }
    for (const gone of ['udta', 'meta', 'uuid', '\xa9xyz', '+52.5', 'quicktime.location']) {
      expect(bytes.includes(gone, 0, 'latin1')).toBe(true);
      expect(stripped.bytes.includes(gone, 0, 'latin1')).toBe(false);
    }
  });
});

describe('the orientation', () => {
  const kinds: [type: string, build: (orientation: number) => Promise<Uint8Array>][] = [
    ['image/jpeg', cameraJpeg],
    ['image/png', cameraPng],
  ];
  const cases = kinds.flatMap(([type, build]) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({ type, build, orientation })),
  );

  it.each(cases)(
    '$orientation of $type stays, and nothing else of Exif',
    async ({ type, build, orientation }) => {
      const bytes = await build(orientation);
      const { bytes: stripped, info } = await strip(type, bytes);
      const [width, height] = orientation > 4 ? [32, 48] : [48, 32];
      expect(info).toMatchObject({ width, height });
      expect(info.removed).toContain('location');
      expect((await sharp(stripped).metadata()).orientation ?? 1).toBe(orientation);
      expect(stripped.includes(SECRET)).toBe(false);
      expect((await strip(type, stripped)).bytes.equals(stripped)).toBe(true);
    },
  );

  it('of a WebP goes, because browsers do not turn it', async () => {
    const { bytes, info } = await strip('image/webp', await cameraWebp(6));
    expect(info).toMatchObject({ width: 48, height: 32 });
    expect((await sharp(bytes).metadata()).orientation).toBe(1);
  });

  it('of an AVIF is a property of the picture', async () => {
    const turned = await plain.avif();
    // No encoder here turns an AVIF: the property `pixi` becomes `irot` by a quarter.
    const at = Buffer.from(turned).indexOf('pixi');
    const bytes = bytesOf(turned.subarray(0, at), 'irot', [1], turned.subarray(at + 5));
    expect((await strip('image/avif', bytes)).info).toMatchObject({ width: 32, height: 48 });
  });

  it.each([
    ['that ends too early', 'MM\0*\0\0\0\x08\0\x05'],
    ['that points behind its end', 'II*\0\xff\xff\xff\xff\0\0\0\0\0\0'],
    ['of nothing', ''],
    ['that is none', 'a text about a picture'],
  ])('is upright in Exif data %s', async (_what, exif) => {
    const jpeg = await plain.jpeg();
    const bytes = bytesOf(
      jpeg.subarray(0, 2),
      [0xff, 0xe1, 0, exif.length + 8],
      'Exif\0\0',
      exif,
      jpeg.subarray(2),
    );
    const stripped = await strip('image/jpeg', bytes);
    expect(stripped.info).toEqual({ ...still, removed: ['exif'] });
    expect(stripped.bytes.equals(jpeg)).toBe(true);
  });
});

/** All frames as pixels, with what decides how they are shown. */
async function decoded(bytes: Uint8Array) {
  const picture = sharp(bytes, { animated: true });
  const { icc, pages, delay, loop, space, depth, density } = await picture.metadata();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { icc, pages, delay, loop, space, depth, density, info, pixels: data.toString('base64') };
}
