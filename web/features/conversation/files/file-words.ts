import type { FileReference } from '../../../../protocol/models.ts';

/** The last part of a media type, where it is a word of its own. */
const NAMES: Readonly<Record<string, string>> = {
  'application/octet-stream': 'File',
  'text/plain': 'Text',
  'image/svg+xml': 'SVG',
};

/** The kind of a file in a word: the ending of its name, or its type. */
export function typeWords({ name, type }: Pick<FileReference, 'name' | 'type'>): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  return ending?.toUpperCase() ?? NAMES[type] ?? type.split('/')[1]?.toUpperCase() ?? 'File';
}

/** A duration: "0:07", "1:02:03". */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return parts[0] === 0 ? `${parts[1]}:${rest}` : `${Number(hours)}:${minutes}:${rest}`;
}
