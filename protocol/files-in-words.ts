import type { FileReference } from './models.ts';

/** The signs of kinds of media types; everything else is a document. */
const SIGNS: Readonly<Record<string, string>> = { image: '📷', video: '🎬', audio: '🎧' };

/** The files of a message where they are only named: "📷 lake.jpg and 2 more"; empty without files. */
export function filesInWords(files: readonly Pick<FileReference, 'name' | 'type'>[] = []): string {
  const [first, ...others] = files;
  if (!first) return '';
  const sign = SIGNS[first.type.split('/', 1).join()] ?? '📄';
  return `${sign} ${first.name}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
