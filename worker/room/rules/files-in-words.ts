import { type FileKind, fileKindOf } from '../../../protocol/files.ts';
import type { FileReference } from '../../../protocol/models.ts';

const SIGNS: Record<FileKind, string> = { image: '📷', video: '🎬', audio: '🎧', document: '📄' };

/** What a list or a notification shows of a message without text: "📷 lake.jpg and 2 more"; empty without files. */
export function filesInWords([first, ...others]: readonly FileReference[]): string {
  if (!first) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${SIGNS[fileKindOf(first.type)]} ${first.name}${more}`;
}
