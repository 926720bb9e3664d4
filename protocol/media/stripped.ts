import { avif } from './avif.ts';
import { ByteSource, joined } from './byte-source.ts';
import { Facts, type MediaInfo } from './facts.ts';
import { film } from './film.ts';
import { gif } from './gif.ts';
import { jpeg } from './jpeg.ts';
import { broken, MediaError } from './media-error.ts';
import { png } from './png.ts';
import { webp } from './webp.ts';

type Format = (source: ByteSource, facts: Facts) => AsyncGenerator<Uint8Array, void>;

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['image/jpeg', jpeg],
  ['image/png', png],
  ['image/apng', png],
  ['image/webp', webp],
  ['image/gif', gif],
  ['image/avif', avif],
  ['video/mp4', film],
  ['video/x-m4v', film],
  ['video/quicktime', film],
  ['video/3gpp', film],
  ['video/3gpp2', film],
]);

/** Chunks of fewer bytes are joined: a reader pays for each. */
const CHUNK_BYTES = 64 * 1024;

/** Whether `stripped` knows the format of this media type. */
export const canStrip = (type: string): boolean => FORMATS.has(type);

/** A file without its metadata, and what was read on the way. `info` settles when the stream has ended. */
export interface Stripped {
  stream: ReadableStream<Uint8Array>;
  info: Promise<MediaInfo>;
}

/**
 * Removes metadata from a file of the media type `type`, for which `canStrip` is true, and everything behind its end. Pixels
 * and sound are not compressed again. A picture that ends too early stays so if there is something to show.
 * The stream and `info` fail with a MediaError: `broken`, or `too_large` before a picture with more pixels than IMAGE_PIXELS,
 * all frames together, has been read. What was read until then must not be kept. At most 512 KiB and a chunk of `source` are
 * in memory.
 */
export function stripped(type: string, source: ReadableStream<Uint8Array>): Stripped {
  const format = FORMATS.get(type);
  if (!format) throw new Error(`No metadata can be removed from ${type}: ask canStrip before.`);
  const bytes = new ByteSource(source);
  const facts = new Facts();
  const parts = upToDamage(format(bytes, facts), bytes, facts);
  const { promise: info, resolve, reject } = Promise.withResolvers<MediaInfo>();
  // A caller that only reads the stream learns of its failure there.
  info.catch(() => undefined);
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await nextChunk(parts);
          if (chunk) return controller.enqueue(chunk);
          resolve(facts.info());
          controller.close();
        } catch (error) {
          reject(error);
          controller.error(error);
        }
        await bytes.cancel().catch(() => undefined);
      },
      async cancel(reason) {
        reject(reason);
        await bytes.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, info };
}

/** Ends a file where it is damaged, if something was there before, and refuses one without anything. */
async function* upToDamage(
  parts: AsyncGenerator<Uint8Array, void>,
  source: ByteSource,
  facts: Facts,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* parts;
  } catch (error) {
    const isShown = facts.hasBegun && error instanceof MediaError && error.code === 'broken';
    if (!isShown) throw error;
  }
  if (!facts.hasBegun) throw broken();
  if (!(await source.isAtEnd())) facts.removed.add('tail');
}

/** The next bytes, joined to at least CHUNK_BYTES; undefined at the end. */
async function nextChunk(parts: AsyncGenerator<Uint8Array, void>): Promise<Uint8Array | undefined> {
  const taken: Uint8Array[] = [];
  for (let length = 0; length < CHUNK_BYTES; ) {
    const { done, value } = await parts.next();
    if (done) break;
    taken.push(value);
    length += value.length;
  }
  return taken.length > 0 ? joined(taken) : undefined;
}
