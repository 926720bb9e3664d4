import { filesInWords } from '../../../../protocol/files-in-words.ts';
import type { FileReference } from '../../../../protocol/models.ts';

/** The files of a message where they are only named. */
export function NamedFiles({ files = [] }: { files: readonly FileReference[] | undefined }) {
  if (files.length === 0) return null;
  return (
    <p className="truncate text-secondary text-muted">
      <bdi>{filesInWords(files)}</bdi>
    </p>
  );
}
