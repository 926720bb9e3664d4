import { readProperties } from './avif-properties.ts';
import { orientationOnly } from './exif.ts';
import type { Facts, Removed } from './facts.ts';
import { Fields, isText, latin1 } from './fields.ts';
import { type Inner, innerBoxes, type Overwritten, overwrite } from './inner-boxes.ts';
import { broken } from './media-error.ts';

/** Items that are pictures, or made of pictures. */
const PICTURES: ReadonlySet<string> = new Set(['av01', 'grid', 'iden', 'iovl', 'tmap', 'sato']);
/** The boxes of `meta` that are needed to find and to show the picture. */
const KEPT: ReadonlySet<string> = new Set(
  'hdlr pitm iloc iinf iprp iref idat grpl dinf ipro'.split(' '),
);
/** Exif data in an item begins with where it begins. */
const EMPTY_EXIF = new Uint8Array([0, 0, 0, 0, ...orientationOnly(1)]);

/**
 * Reads the `meta` box of an AVIF (ISO/IEC 23008-12) that stands at `offset` in the file. Changes `meta` (its content) in
 * place, without its metadata, and returns the parts outside of it that hold metadata, in their order.
 */
export function avifItems(meta: Uint8Array, offset: number, facts: Facts): Overwritten[] {
  const all = innerBoxes(meta, 4, meta.length);
  const inner = (type: string) => all.find((box) => box.type === type);
  for (const box of all.filter(({ type }) => !KEPT.has(type))) {
    const content = meta.subarray(box.start, box.end);
    if (content.some((byte) => byte !== 0)) facts.removed.add('other');
    content.fill(0);
    meta.set(latin1('free'), box.start - 4);
  }
  const [info, places, properties] = [inner('iinf'), inner('iloc'), inner('iprp')];
  if (!info || !places || !properties) throw broken();
  const primary = inner('pitm');
  readProperties(meta, properties, primary ? primaryOf(meta, primary) : undefined, facts);

  const kinds = itemKinds(meta, info);
  const data = inner('idat');
  const outside: Overwritten[] = [];
  for (const part of partsOf(meta, places)) {
    const kind = kinds.get(part.item);
    if (kind === undefined) {
      facts.hasBegun ||= part.isInside;
      continue;
    }
    const content = kind === 'exif' && part.length >= EMPTY_EXIF.length ? EMPTY_EXIF : undefined;
    const overwritten = { ...part, content: content ?? new Uint8Array(0), kind };
    if (!part.isInside) outside.push(overwritten);
    else if (!data || data.start + part.start + part.length > data.end) throw broken();
    else overwrite(meta, { ...overwritten, start: data.start + part.start }, facts);
  }
  if (outside.some(({ start }) => start < offset + meta.length)) throw broken();
  return outside.sort((one, other) => one.start - other.start);
}

function primaryOf(meta: Uint8Array, box: Inner): number {
  const fields = new Fields(meta, box.start);
  return fields.u32() >>> 24 === 0 ? fields.u16() : fields.u32();
}

/** The items that are no pictures, and what they are. */
function itemKinds(meta: Uint8Array, info: Inner): Map<number, Removed> {
  const isShort = new Fields(meta, info.start).u32() >>> 24 === 0;
  const kinds = new Map<number, Removed>();
  for (const box of innerBoxes(meta, info.start + (isShort ? 6 : 8), info.end)) {
    const fields = new Fields(meta, box.start);
    const version = fields.u32() >>> 24;
    if (box.type !== 'infe' || version < 2) throw broken();
    const item = version === 2 ? fields.u16() : fields.u32();
    fields.skip(2);
    const type = fields.name();
    if (PICTURES.has(type)) continue;
    const isXmp = isText(meta, 'application/rdf+xml', endOfText(meta, fields.at));
    kinds.set(item, type === 'Exif' ? 'exif' : isXmp ? 'xmp' : 'other');
  }
  return kinds;
}

/** The offset behind a text that ends with a zero. */
const endOfText = (bytes: Uint8Array, at: number): number => bytes.indexOf(0, at) + 1;

interface Part {
  item: number;
  start: number;
  length: number;
  /** Whether `start` counts from the content of `idat`, and not from the beginning of the file. */
  isInside: boolean;
}

function partsOf(meta: Uint8Array, places: Inner): Part[] {
  const fields = new Fields(meta, places.start);
  const version = fields.u32() >>> 24;
  const [sizes, moreSizes] = [fields.u8(), fields.u8()];
  const number = (size: number) =>
    size === 0 ? 0 : size === 4 ? fields.u32() : size === 8 ? fields.u64() : Number.NaN;
  const parts: Part[] = [];
  const count = version < 2 ? fields.u16() : fields.u32();
  for (let index = 0; index < count; index += 1) {
    const item = version < 2 ? fields.u16() : fields.u32();
    const method = version === 0 ? 0 : fields.u16() & 0xf;
    fields.skip(2);
    const base = number(moreSizes >> 4);
    const extents = fields.u16();
    // Extents without fields cost a file nothing, and a reader time.
    if (extents > 1 && sizes === 0) throw broken();
    for (let extent = 0; extent < extents; extent += 1) {
      if (version > 0) number(moreSizes & 0xf);
      const start = base + number(sizes >> 4);
      const length = number(sizes & 0xf);
      if (!(start >= 0 && length >= 0) || method > 1) throw broken();
      parts.push({ item, start, length, isInside: method === 1 });
    }
  }
  return parts;
}
