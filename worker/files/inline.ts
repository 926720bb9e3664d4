import { PICTURE_TYPES } from '../picture-types.ts';

/**
 * Types that a browser may show by itself: none of them runs scripts. HTML, XML and SVG do, so they and everything that is
 * not listed are downloaded.
 */
const INLINE = new Set([
  ...PICTURE_TYPES,
  'image/bmp',
  'image/x-icon',
  'video/mp4',
  'video/webm',
  'video/ogg',
  'video/quicktime',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/ogg',
  'audio/opus',
  'audio/webm',
  'audio/wav',
  'audio/x-flac',
  'audio/flac',
  'application/pdf',
  'text/plain',
]);

/** Whether a file of this media type may be shown by the browser instead of being downloaded. */
export function mayBeInline(type: string): boolean {
  return INLINE.has(type);
}
