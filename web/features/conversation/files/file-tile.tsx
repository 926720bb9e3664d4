import type { FileReference } from '../../../../protocol/models.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';
import { DownloadLink } from './download-link.tsx';
import { fileIcon } from './file-icon.ts';
import { typeWords } from './file-words.ts';

/** A file that is not shown: its icon, name, type and size, with its download. */
export function FileTile({ file, isReady }: { file: FileReference; isReady: boolean }) {
  const { name, size, type, url } = file;
  const Icon = fileIcon(type);
  return (
    <div className="flex size-full items-center gap-2.5 rounded-card bg-raised px-2.5 inset-ring-1 inset-ring-line">
      <Icon aria-hidden="true" className="shrink-0 text-accent-text" size={26} strokeWidth={1.5} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-secondary font-medium text-strong" title={name}>
          <bdi>{name}</bdi>
        </p>
        <p className="text-meta text-muted tabular-nums">
          {typeWords(file)} · {sizeInWords(size)}
        </p>
      </div>
      {url !== '' && isReady && <DownloadLink file={file} isLarge={true} />}
    </div>
  );
}
