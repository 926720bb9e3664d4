import { VARIANT_WIDTHS } from '../protocol/limits.ts';

/** The key in R2 of the bytes of a file. */
export function fileKey(fileId: string): string {
  return `files/${fileId}`;
}

/** The key in R2 of a picture scaled to `width` pixels. */
export function variantKey(fileId: string, width: number): string {
  return `variants/${fileId}/${width}`;
}

/** All keys in R2 that a file may have. */
export function keysOf(fileId: string): string[] {
  return [fileKey(fileId), ...VARIANT_WIDTHS.map((width) => variantKey(fileId, width))];
}

/** The prefix of the keys of what an unfinished upload keeps besides its parts. */
export function restPrefix(fileId: string): string {
  return `uploads/${fileId}/`;
}

/** The key of the first bytes of an unfinished upload's part `number`, while they do not fill it. */
export function restKey(fileId: string, number: number): string {
  return `${restPrefix(fileId)}${number}`;
}

/** The keys above, with the id of the file. */
const KEY = /^(?:files\/([^/]+)|(?:variants|uploads)\/([^/]+)\/\d+)$/;

/** The id in a key, whether or not a file can have it; undefined for any other key. */
export function fileIdIn(key: string): string | undefined {
  const [, ofFile, ofOther] = KEY.exec(key) ?? [];
  return ofFile ?? ofOther;
}

/** The key of the position at which the check of all files goes on. */
export const SWEEP_KEY = 'sweep/position';
