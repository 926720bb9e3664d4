import type { Facts } from './facts.ts';
import { Fields, isText } from './fields.ts';

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const SHORT = 3;
/** The entries of a directory that are read: cameras write a dozen. */
const MOST_ENTRIES = 1_000;

/**
 * What stays of Exif data (a TIFF structure): the orientation if the picture is not upright, otherwise nothing. The first
 * Exif data of a file decides, as in browsers: call it for that alone.
 */
export function reducedExif(tiff: Uint8Array, facts: Facts): Uint8Array | undefined {
  const { orientation, hasLocation } = readExif(tiff);
  facts.orientation = orientation;
  if (hasLocation) facts.removed.add('location');
  const kept = orientation === 1 ? undefined : orientationOnly(orientation);
  if (!kept || !sameBytes(kept, tiff)) facts.removed.add('exif');
  return kept;
}

/** Exif data with an orientation and nothing else, 26 bytes. */
export function orientationOnly(orientation: number): Uint8Array {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x4d4d002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return bytes;
}

/** Reads Exif data (a TIFF structure). Damaged data is upright and has no location. */
export function readExif(bytes: Uint8Array): { orientation: number; hasLocation: boolean } {
  // Only a JPEG should have these letters before, but libvips writes them in each format.
  const tiff = isText(bytes, 'Exif\0\0') ? bytes.subarray(6) : bytes;
  const found = { orientation: 1, hasLocation: false };
  const isLittleEndian = isText(tiff, 'II*\0');
  if (tiff.length < 14 || !(isLittleEndian || isText(tiff, 'MM\0*'))) return found;
  const directory = new Fields(tiff, 4, isLittleEndian).u32();
  if (directory + 2 > tiff.length) return found;
  const count = new Fields(tiff, directory, isLittleEndian).u16();
  for (let index = 0; index < Math.min(count, MOST_ENTRIES); index += 1) {
    const at = directory + 2 + index * 12;
    if (at + 12 > tiff.length) break;
    const entry = new Fields(tiff, at, isLittleEndian);
    const [tag, type] = [entry.u16(), entry.u16()];
    entry.skip(4);
    if (tag === GPS) found.hasLocation = true;
    if (tag !== ORIENTATION || type !== SHORT) continue;
    const value = entry.u16();
    if (value >= 1 && value <= 8) found.orientation = value;
  }
  return found;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
