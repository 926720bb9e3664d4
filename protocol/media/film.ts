import { type Box, boxes } from './boxes.ts';
import type { ByteSource } from './byte-source.ts';
import type { Facts } from './facts.ts';
import { Fields } from './fields.ts';
import { broken } from './media-error.ts';

/** What a film may begin with. QuickTime knows files without `ftyp`. */
const FIRST = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'];
/** The bytes of a header of a film or a track that are read. */
const [FILM_BYTES, TRACK_BYTES] = [32, 84];

/** An MP4 or QuickTime film without its place and its other user data. Its pictures and sound are not touched. */
export async function* film(source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const first = (await source.ahead(8)).subarray(0, 8);
  if (first.length < 8 || !FIRST.includes(new Fields(first, 4).name())) throw broken();
  yield* boxes(source, facts, (box) => filmHeader(box, source, facts));
}

/** Reads the duration of a film, and the upright size of its first track with pictures. */
export function filmHeader(
  box: Box,
  source: ByteSource,
  facts: Facts,
): AsyncGenerator<Uint8Array, void> | undefined {
  if (box.type === 'mvhd') return duration(box, source, facts);
  if (box.type === 'tkhd') return size(box, source, facts);
  return undefined;
}

async function* duration(
  box: Box,
  source: ByteSource,
  facts: Facts,
): AsyncGenerator<Uint8Array, void> {
  const fields = new Fields(await source.ahead(Math.min(box.length, FILM_BYTES)));
  const isLong = fields.u32() >>> 24 === 1;
  fields.skip(isLong ? 16 : 8);
  const scale = fields.u32();
  const units = isLong ? fields.u64() : fields.u32();
  const isUnknown = units >= (isLong ? 2 ** 63 : 2 ** 32 - 1);
  if (scale > 0 && !isUnknown) facts.durationMs = (units / scale) * 1000;
  yield box.header;
  yield* source.pass(box.length);
}

async function* size(box: Box, source: ByteSource, facts: Facts): AsyncGenerator<Uint8Array, void> {
  const fields = new Fields(await source.ahead(Math.min(box.length, TRACK_BYTES + 12)));
  const isLong = fields.u32() >>> 24 === 1;
  fields.skip(isLong ? 48 : 36);
  const scaled = fields.u32();
  fields.skip(12);
  const isTurned = scaled === 0 && fields.u32() === 0;
  fields.skip(isTurned ? 16 : 20);
  // Fractions of 65536.
  const [width, height] = [fields.u32() >>> 16, fields.u32() >>> 16];
  if (width > 0 && height > 0) {
    if (isTurned) facts.film(height, width);
    else facts.film(width, height);
  }
  yield box.header;
  yield* source.pass(box.length);
}
