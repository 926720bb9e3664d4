import { Download } from 'lucide-react';
import type { FileReference } from '../../../../protocol/models.ts';
import { classes } from '../../../ui/classes.ts';

/** The link that downloads a file. */
export function DownloadLink({
  file: { name, url },
  isLarge = false,
}: {
  file: Pick<FileReference, 'name' | 'url'>;
  /** It stands alone, and not among other buttons. */
  isLarge?: boolean;
}) {
  return (
    <a
      aria-label={`Download ${name}`}
      className={classes(
        'grid shrink-0 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong',
        isLarge ? 'size-9' : 'size-8',
      )}
      download={name}
      href={`${url}?download`}
      title="Download"
    >
      <Download aria-hidden="true" size={isLarge ? 18 : 16} />
    </a>
  );
}
