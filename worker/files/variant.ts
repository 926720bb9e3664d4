import type { FileReference } from '../../protocol/models.ts';
import type { Env } from '../env.ts';
import { fileKey, variantKey } from '../file-keys.ts';
import { isAnimated } from './is-animated.ts';

/** What the Images binding reads. An animation would lose its movement in some of its versions, and stays as it is. */
const SCALED = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif']);
/** All browsers of today show it, with transparency. */
const VARIANT_TYPE = 'image/webp';
/** How many first bytes say whether a picture moves. */
const HEAD_BYTES = 64 * 1024;

/** A picture that was scaled down. */
export interface Variant {
  type: string;
  size: number;
  body(range?: R2Range): Promise<ReadableStream | null>;
}

/**
 * The picture scaled to `width` pixels, made on the first request and kept in R2. Undefined where the file itself serves better:
 * it is no picture, not wider, animated, or cannot be scaled.
 */
export async function findVariant(
  env: Env,
  { id, type, metadata }: FileReference,
  width: number,
): Promise<Variant | undefined> {
  if (!SCALED.has(type) || metadata.width === undefined || metadata.width <= width)
    return undefined;
  const key = variantKey(id, width);
  const kept = await env.FILES.head(key);
  const size = kept?.size ?? (await make(env, { id, width }));
  // A variant without bytes is the mark of a picture that cannot be scaled.
  if (size === 0) return undefined;
  return {
    type: VARIANT_TYPE,
    size,
    body: async (range) => (await env.FILES.get(key, range ? { range } : {}))?.body ?? null,
  };
}

/** Makes and stores a variant. Returns its size; 0 if the picture cannot be scaled. */
async function make(
  { FILES, IMAGES }: Env,
  { id, width }: { id: string; width: number },
): Promise<number> {
  const source = await FILES.get(fileKey(id));
  if (!source) return 0;
  let scaled = new ArrayBuffer();
  try {
    const range = { offset: 0, length: Math.min(HEAD_BYTES, source.size) };
    const head = await FILES.get(fileKey(id), { range });
    const moves = head !== null && isAnimated(new Uint8Array(await head.arrayBuffer()));
    if (moves) {
      await source.body.cancel();
    } else {
      const transformed = await IMAGES.input(source.body)
        .transform({ width, fit: 'scale-down' })
        .output({ format: VARIANT_TYPE });
      // A few hundred KiB.
      scaled = await transformed.response().arrayBuffer();
    }
  } catch (error) {
    console.error(JSON.stringify({ event: 'variant_failed', id, width, error: String(error) }));
    return 0;
  }
  await FILES.put(variantKey(id, width), scaled);
  return scaled.byteLength;
}
