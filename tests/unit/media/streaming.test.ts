import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUFFER_BYTES } from '../../../protocol/media/byte-source.ts';
import { canStrip, stripped } from '../../../protocol/media/stripped.ts';
import { filmWithPlace } from '../../support/films.ts';
import { bytesOf, pngChunk, u32 } from '../../support/picture-parts.ts';
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  cameraAvif,
  cameraJpeg,
  cameraPng,
  cameraWebp,
} from '../../support/pictures.ts';
import { streamOf, strip } from './strip.ts';

const MIB = 1024 * 1024;

const samples: [type: string, build: () => Promise<Uint8Array>][] = [
  ['image/jpeg', () => cameraJpeg(6)],
  ['image/png', () => cameraPng(6)],
  ['image/apng', animatedPng],
  ['image/webp', () => cameraWebp(6)],
  ['image/webp', animatedWebp],
  ['image/gif', animatedGif],
  ['image/avif', cameraAvif],
  ['video/mp4', async () => filmWithPlace()],
];

/** What becomes of a file: its bytes and what is known of it, or the code of its error. */
const outcome = (type: string, stream: ReadableStream<Uint8Array>) =>
  strip(type, stream).then(
    ({ bytes, info }) => ({ bytes: bytes.toString('base64'), info }),
    ({ name, code }: { name: string; code: string }) => ({ name, code }),
  );

describe.each(samples)('%s', (type, build) => {
  it('has the same outcome however the stream is cut', async () => {
    const bytes = await build();
    const whole = await outcome(type, streamOf(bytes, bytes.length));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
        async (sizes) => {
          expect(await outcome(type, cutInto(bytes, sizes))).toEqual(whole);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('with wrong bytes is refused or stripped, in the same way twice', async () => {
    const bytes = await build();
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
        const changed = bytes.slice();
        for (const { at, byte } of changes) changed[at] = byte;
        const once = await outcome(type, streamOf(changed));
        if (!('bytes' in once)) {
          expect(once.name).toBe('MediaError');
          return;
        }
        expect(await outcome(type, streamOf(changed, 5))).toEqual(once);
        const twice = await outcome(type, streamOf(Buffer.from(once.bytes, 'base64')));
        expect(twice).toMatchObject({ bytes: once.bytes });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the memory', () => {
  it.each([
    ['pixels that pass', 'IDAT'],
    ['a text that is removed', 'tEXt'],
  ])('holds little of 16 MiB of %s', async (_what, name) => {
    const length = 16 * MIB;
    const head = bytesOf(
      '\x89PNG\r\n\x1a\n',
      pngChunk('IHDR', u32(100), u32(100), '\x08\x02\0\0\0'),
      u32(length),
      name,
    );
    let read = 0;
    const held: number[] = [];
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = read === 0 ? head : new Uint8Array(16_384);
          if (read % (2 * MIB) === head.length) held.push(bytesHeld());
          read += chunk.length;
          controller.enqueue(chunk);
          if (read > length) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const { stream } = stripped('image/png', source);
    let written = 0;
    let ahead = 0;
    const reading = async () => {
      for await (const chunk of stream) {
        written += chunk.length;
        ahead = Math.max(ahead, read - written);
      }
    };
    await reading().catch(() => undefined);
    expect(read).toBeGreaterThan(length);
    expect(held).toHaveLength(8);
    // Some of what nothing refers to any more is freed later, in the background.
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(8 * MIB);
    if (name === 'IDAT') expect(ahead).toBeLessThan(2 * BUFFER_BYTES);
  });

  it('is not filled before the stream is read, and the source is cancelled with it', async () => {
    let pulls = 0;
    let cancelled: unknown;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls += 1;
          controller.enqueue(new Uint8Array(10));
        },
        cancel(reason) {
          cancelled = reason;
        },
      },
      { highWaterMark: 0 },
    );
    const { stream, info } = stripped('image/gif', source);
    await Promise.resolve();
    expect(pulls).toBe(0);
    await stream.cancel('no longer wanted');
    expect(cancelled).toBe('no longer wanted');
    await expect(info).rejects.toBe('no longer wanted');
  });

  it('is let go of with the source at the end of a picture, whatever follows', async () => {
    const picture = await animatedGif();
    let isCancelled = false;
    const source = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(picture),
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel() {
        isCancelled = true;
      },
    });
    expect((await strip('image/gif', source)).info.removed).toContain('tail');
    expect(isCancelled).toBe(true);
  });
});

it('the samples are of all kinds of formats', () => {
  expect(samples.every(([type]) => canStrip(type))).toBe(true);
});

/** The bytes of all buffers that something still refers to. */
function bytesHeld(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

/** The bytes in chunks of these sizes, again and again. */
function cutInto(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[turn % sizes.length] ?? 1;
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
      turn += 1;
    },
  });
}
