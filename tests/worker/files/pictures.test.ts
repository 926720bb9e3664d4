import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Storage } from '../../../protocol/files.ts';
import type { FileReference, Group } from '../../../protocol/models.ts';
import { bytesOf, SECRET } from '../../support/picture-parts.ts';
import {
  animatedWebp,
  bombs,
  cameraAvif,
  cameraJpeg,
  cameraPng,
  cameraWebp,
  polyglot,
} from '../../support/pictures.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';
import { type FileClient, fileClient } from '../../support/uploading.ts';

const edgewise = sharedEdgewise();
const { ada } = edgewise.people('Ada');
let group: Group;
let files: FileClient;

beforeAll(async () => {
  group = await ada.createGroup();
  files = fileClient(edgewise.url, ada);
});

const upload = (bytes: Uint8Array, type: string) =>
  files.upload(group.id, Uint8Array.from(bytes), { name: 'picture', type });

async function bytesAt(path: string): Promise<{ type: string | null; bytes: Uint8Array }> {
  const got = await files.fetch('GET', path);
  expect(got.status).toBe(200);
  const bytes = new Uint8Array(await got.arrayBuffer());
  return { type: got.headers.get('content-type'), bytes };
}

async function refused(bytes: Uint8Array, type: string): Promise<Problem> {
  const sent = await files.fetch('POST', `/api/upload?groupId=${group.id}`, {
    headers: { 'x-file-name': 'picture', 'content-type': type },
    body: Uint8Array.from(bytes),
  });
  return Problem.parse(await sent.json());
}

describe('a photo leaves its place and its time behind', () => {
  test.each([
    ['image/jpeg', () => cameraJpeg(6), 32, 48],
    ['image/jpeg', () => cameraJpeg(1), 48, 32],
    ['image/png', () => cameraPng(1), 48, 32],
    ['image/webp', () => cameraWebp(1), 48, 32],
    ['image/avif', cameraAvif, 48, 32],
  ] as const)('%s', async (type, make, width, height) => {
    const photo = await make();
    expect(Buffer.from(photo).includes(SECRET)).toBe(true);
    // What a client says of a picture's size does not count.
    const file = await files.upload(group.id, Uint8Array.from(photo), {
      type: 'image/gif',
      headers: { 'x-file-width': '7', 'x-file-blurhash': 'LEHV6nWB2yk8pyo0adR*' },
    });
    const stored = await bytesAt(file.url);
    expect(file).toMatchObject({
      type,
      size: stored.bytes.length,
      metadata: { width, height, blurhash: 'LEHV6nWB2yk8pyo0adR*' },
    });
    expect(Buffer.from(stored.bytes).includes(SECRET)).toBe(false);
    const { used } = (await ada.api('GET', '/api/users/me/storage')).as(Storage);
    const listed = await edgewise.files.list({ prefix: 'files/' });
    expect(used).toBe(listed.objects.reduce((sum, { size }) => sum + size, 0));
  });
});

test('a page that begins as a GIF is a picture', async () => {
  const file = await upload(await polyglot(), 'text/html');
  const got = await files.fetch('GET', file.url);
  expect(got.headers.get('content-type')).toBe('image/gif');
  expect(got.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('a picture is refused, and nothing of it is kept:', () => {
  const heic = bytesOf('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'x'.repeat(100));
  const cases: [string, () => Promise<Uint8Array> | Uint8Array, string, string][] = [
    ['HEIC', () => heic, 'image/heic', 'invalid'],
    ['a bomb', () => Object.values(bombs)[0]?.() ?? heic, 'image/png', 'too_large'],
    [
      'only the beginning of one',
      async () => (await cameraJpeg()).subarray(0, 30),
      'image/jpeg',
      'invalid',
    ],
  ];
  test.each(cases)('%s', async (_what, make, type, code) => {
    const used = async () => (await ada.api('GET', '/api/users/me/storage')).as(Storage).used;
    const [usedBefore, before] = [await used(), await edgewise.files.list()];
    const problem = await refused(await make(), type);
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(/ .*\.$/);
    expect((await edgewise.files.list()).objects.length).toBe(before.objects.length);
    expect(await used()).toBe(usedBefore);
  });
});

describe('a picture scaled down', () => {
  let photo: FileReference;
  beforeAll(async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const create = { width: 900, height: 600, channels: 3, background: 'red', noise } as const;
    photo = await upload(
      await sharp({ create }).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      'image/jpeg',
    );
  });

  test('is upright, made once, and has a version of its own', async () => {
    expect(photo.metadata).toMatchObject({ width: 600, height: 900 });
    const { type, bytes } = await bytesAt(`${photo.url}?w=320`);
    expect(type).toBe('image/webp');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 320, height: 480 });
    const kept = await edgewise.files.head(`variants/${photo.id}/320`);
    expect(kept?.size).toBe(bytes.length);
    const again = await files.fetch('GET', `${photo.url}?w=320`, {
      headers: { range: 'bytes=0-3' },
    });
    expect(again.status).toBe(206);
    expect(again.headers.get('content-range')).toBe(`bytes 0-3/${bytes.length}`);
    expect((await edgewise.files.head(`variants/${photo.id}/320`))?.uploaded).toEqual(
      kept?.uploaded,
    );
    const original = await files.fetch('HEAD', photo.url);
    expect(again.headers.get('etag')).not.toBe(original.headers.get('etag'));
  });

  test('is the picture itself where that is not wider, moves, or cannot be read', async () => {
    const original = await bytesAt(photo.url);
    expect(await bytesAt(`${photo.url}?w=640`)).toEqual(original);
    const moving = await sharp(await animatedWebp(), { animated: true })
      .resize(400)
      .webp()
      .toBuffer();
    const animation = await upload(moving, 'image/webp');
    expect(animation.metadata.width).toBe(400);
    expect(await bytesAt(`${animation.url}?w=320`)).toEqual(await bytesAt(animation.url));
    const create = { width: 400, height: 400, channels: 3, background: 'red' } as const;
    const png = await sharp({ create }).png().toBuffer();
    // Its pixels are damaged, its size is not.
    const broken = await upload(
      png.fill(0xaa, png.indexOf('IDAT') + 4, png.length - 16),
      'image/png',
    );
    expect(await bytesAt(`${broken.url}?w=320`)).toEqual(await bytesAt(broken.url));
  });

  test('has one of a few widths', async () => {
    for (const width of ['1', '321', 'x', '']) {
      expect((await files.fetch('GET', `${photo.url}?w=${width}`)).status).toBe(422);
    }
    const text = await files.upload(group.id, 'no picture');
    expect((await bytesAt(`${text.url}?w=320`)).type).toBe('text/plain; charset=utf-8');
  });
});
