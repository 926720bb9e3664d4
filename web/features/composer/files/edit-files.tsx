import { X } from 'lucide-react';
import type { FileReference } from '../../../../protocol/models.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';
import { fileIcon } from '../../conversation/files/file-icon.ts';

/** The files of a message that is edited. Each can be taken out. */
export function EditFiles({
  files,
  onTakeOut,
}: {
  files: readonly FileReference[];
  onTakeOut: (file: FileReference) => void;
}) {
  return (
    <ul aria-label="Files" className="mt-1 flex flex-wrap gap-1.5">
      {files.map((file) => {
        const Icon = fileIcon(file.type);
        return (
          <li
            className="flex max-w-full items-center gap-1.5 rounded-small bg-raised ps-2 text-secondary shadow-field"
            key={file.id}
          >
            <Icon aria-hidden="true" className="shrink-0 text-accent-text" size={16} />
            <bdi className="truncate text-strong">{file.name}</bdi>
            <span className="shrink-0 text-meta text-muted">{sizeInWords(file.size)}</span>
            <button
              aria-label={`Take out ${file.name}`}
              className="grid size-7 shrink-0 place-items-center rounded-small text-muted hover:text-danger"
              onClick={() => onTakeOut(file)}
              title="Take out"
              type="button"
            >
              <X aria-hidden="true" size={14} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
