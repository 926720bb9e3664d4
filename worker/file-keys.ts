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
