import { Check, ChevronsDownUp, ChevronsUpDown, Copy } from 'lucide-react';
import { useLayoutEffect } from 'react';
import type { FileReference } from '../../../../protocol/models.ts';
import { sizeInWords } from '../../../../protocol/size-in-words.ts';
import { classes } from '../../../ui/classes.ts';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { useCopy } from '../../../ui/use-copy.ts';
import { Highlighted } from '../markdown/highlighted.tsx';
import { DownloadLink } from './download-link.tsx';
import { FileTile } from './file-tile.tsx';
import { typeWords } from './file-words.ts';
import { type FileText, firstLines, languageOf, SHOWN_IN_WORDS } from './text-of.ts';
import { useFileText } from './use-file-text.ts';

/** The number of lines that are shown until the reader asks for more. */
const LINES = 20;
/** Names of prose, whose lines are wrapped. Those of code are not. */
const PROSE = /\.(?:txt|text|md|markdown|log|srt)$/i;

/** A text or code file: its first lines with colours, in the box of its size. Bytes that are no text are a tile. */
export function TextFile({
  file,
  isReady,
  isOpen,
  onRead,
  onToggle,
}: {
  file: FileReference;
  isReady: boolean;
  /** The text is there, and is about to be shown. */
  onRead: () => void;
  /** All of what is loaded is shown. */
  isOpen: boolean;
  onToggle: () => void;
}) {
  const content = useFileText(file, isReady);
  const isRead = content !== undefined && content !== 'none';
  useLayoutEffect(() => {
    if (isRead) onRead();
  }, [isRead, onRead]);
  if (!isRead) return <FileTile file={file} isReady={isReady} />;
  return <Shown content={content} file={file} isOpen={isOpen} onToggle={onToggle} />;
}

function Shown({
  file,
  content: { text, isWhole },
  isOpen,
  onToggle,
}: {
  file: FileReference;
  content: FileText;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { name, size } = file;
  const beginning = firstLines(text, LINES);
  const isProse = PROSE.test(name);
  const more = isWhole ? `Show more of ${name}` : `Show ${SHOWN_IN_WORDS} of ${name}`;
  const hasMore = beginning.length < text.length;
  return (
    <figure
      aria-label={name}
      className="flex size-full max-h-[inherit] flex-col rounded-card bg-code-surface inset-ring-1 inset-ring-line"
    >
      <figcaption className="flex shrink-0 items-center gap-0.5 border-b border-line py-0.5 ps-3 pe-1">
        <span
          className="min-w-0 flex-1 truncate text-secondary font-medium text-strong"
          title={name}
        >
          <bdi>{name}</bdi>
        </span>
        <span className="shrink-0 px-1 text-meta text-muted tabular-nums">
          {typeWords(file)} · {sizeInWords(size)}
        </span>
        <CopyButton text={text} what={isWhole ? name : `${SHOWN_IN_WORDS} of ${name}`} />
        <DownloadLink file={file} />
        {(hasMore || isOpen) && (
          <IconButton
            aria-expanded={isOpen}
            className="size-8"
            label={isOpen ? `Show less of ${name}` : more}
            onClick={onToggle}
          >
            {isOpen ? (
              <ChevronsDownUp aria-hidden="true" size={16} />
            ) : (
              <ChevronsUpDown aria-hidden="true" size={16} />
            )}
          </IconButton>
        )}
      </figcaption>
      <ScrollRegion
        aria-label={`Text of ${name}`}
        className="min-h-0 flex-1 overflow-auto"
        role="group"
      >
        <pre
          className={classes(
            'px-3 py-2 font-mono text-code text-strong',
            isProse ? 'wrap-anywhere whitespace-pre-wrap' : 'w-max min-w-full',
          )}
          dir={isProse ? 'auto' : 'ltr'}
        >
          <code>
            {text === '' ? (
              'The file is empty.'
            ) : (
              <Highlighted language={languageOf(name)} text={isOpen ? text : beginning} />
            )}
          </code>
        </pre>
        {isOpen && !isWhole && (
          <p className="px-3 pb-2 text-meta text-muted">
            These are {SHOWN_IN_WORDS}. Download the file to read all of it.
          </p>
        )}
      </ScrollRegion>
    </figure>
  );
}

function CopyButton({ text, what }: { text: string; what: string }) {
  const { state, copy } = useCopy();
  const label =
    state === 'copied' ? 'Copied' : state === 'refused' ? 'Not allowed' : `Copy ${what}`;
  return (
    <IconButton className="size-8" label={label} onClick={() => copy(text)}>
      {state === 'copied' ? (
        <Check aria-hidden="true" size={16} />
      ) : (
        <Copy aria-hidden="true" size={16} />
      )}
    </IconButton>
  );
}
