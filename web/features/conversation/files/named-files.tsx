import type { FileReference } from '../../../../protocol/models.ts';
import { fileWords } from './file-words.ts';

/** The files of a message where they are only named. */
export function NamedFiles({ files = [] }: { files: readonly FileReference[] | undefined }) {
  if (files.length === 0) return null;
  return (
    <p className="truncate text-secondary text-muted">
      <bdi>{fileWords(files)}</bdi>
    </p>
  );
}
