import { FILE_NAME_BYTES } from './limits.ts';
import { cleanLine, isBlank } from './text.ts';

/** Marks that turn the direction of writing: with them `exe.gpj` can look like `jpg.exe`. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** An ending that is worth keeping when a name is shortened. */
const ENDING = /\.[\p{L}\p{N}_-]{1,20}$/u;

/**
 * A file's name as it is stored: the last part of a path, one line, without control characters and marks of direction, at
 * most 255 bytes of UTF-8 with its ending kept. A name of which nothing is left becomes `file`.
 */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const clean = cleanLine(last.toWellFormed().normalize('NFC').replaceAll(DIRECTION, ''));
  if (isBlank(clean) || /^\.+$/.test(clean)) return 'file';
  return shortened(clean);
}

function shortened(name: string): string {
  if (bytesIn(name) <= FILE_NAME_BYTES) return name;
  const ending = ENDING.exec(name)?.[0] ?? '';
  let stem = '';
  let remaining = FILE_NAME_BYTES - bytesIn(ending);
  // Whole graphemes: a family or a flag must not lose a part.
  for (const { segment } of new Intl.Segmenter().segment(
    name.slice(0, name.length - ending.length),
  )) {
    remaining -= bytesIn(segment);
    if (remaining < 0) break;
    stem += segment;
  }
  return `${stem}${ending}`;
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}
