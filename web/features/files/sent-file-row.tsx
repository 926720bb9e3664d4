import { CornerUpRight } from 'lucide-react';
import { useState } from 'react';
import type { SentFile } from '../../../protocol/files.ts';
import type { User } from '../../../protocol/models.ts';
import { sizeInWords } from '../../../protocol/size-in-words.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { dayAndTimeOf, momentOf } from '../../ui/words/moment.ts';
import { DownloadLink } from '../conversation/files/download-link.tsx';
import { isVisual } from '../conversation/files/file-boxes.tsx';
import { fileIcon } from '../conversation/files/file-icon.ts';
import { typeWords } from '../conversation/files/file-words.ts';

/** One file of the list: a small picture or its icon, its name, who sent it and when, its message and its download. */
export function SentFileRow({
  sent: { file },
  author,
  isReady,
  onJump,
}: {
  sent: SentFile;
  author: User | undefined;
  /** The browser may fetch files. */
  isReady: boolean;
  onJump: () => void;
}) {
  const { name, type, size, url, metadata } = file;
  return (
    <article
      aria-label={name}
      className="flex items-center gap-2.5 rounded-small px-2 py-1.5 hover:bg-hover"
    >
      <span className="grid size-11 shrink-0 place-items-center overflow-hidden rounded-small bg-neutral-3">
        <Thumbnail address={isReady ? `${url}?w=320` : undefined} type={type} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-strong" title={name}>
          <bdi>{name}</bdi>
        </p>
        <p
          className="line-clamp-2 text-meta text-muted tabular-nums"
          title={momentOf(metadata.uploadedAt)}
        >
          <bdi>{author?.name ?? 'Someone'}</bdi> · {dayAndTimeOf(metadata.uploadedAt, Date.now())} ·{' '}
          {typeWords(file)} {sizeInWords(size)}
        </p>
      </div>
      <IconButton className="size-8" label={`Jump to the message of ${name}`} onClick={onJump}>
        <CornerUpRight aria-hidden="true" size={16} />
      </IconButton>
      <DownloadLink file={file} />
    </article>
  );
}

function Thumbnail({ type, address }: { type: string; address: string | undefined }) {
  const [hasFailed, setFailed] = useState(false);
  const Icon = fileIcon(type);
  if (!isVisual(type) || type.startsWith('video') || address === undefined || hasFailed) {
    return <Icon aria-hidden="true" className="text-accent-text" size={22} strokeWidth={1.5} />;
  }
  return (
    <img
      alt=""
      className="size-full object-cover"
      height={44}
      loading="lazy"
      onError={() => setFailed(true)}
      src={address}
      width={44}
    />
  );
}
