import { Check, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { ScrollRegion } from '../../../ui/controls/scroll-region.tsx';
import { useCopy } from '../../../ui/use-copy.ts';
import type { CodePiece } from './highlight.ts';
import { inOrder } from './inlines.tsx';
import { useHighlighted } from './use-highlighted.ts';

/** Fenced code with its language and a button to copy it; it scrolls sideways. `language` is the text behind the fence. */
export function CodeBlock({ text, language }: { text: string; language: string | undefined }) {
  const { state, copy } = useCopy();
  const name = language?.split(/\s/, 1)[0] || undefined;
  const pieces = useHighlighted(text, name);
  return (
    <figure
      className="overflow-hidden rounded-small bg-code-surface inset-ring-1 inset-ring-line"
      dir="ltr"
    >
      <figcaption className="flex items-center justify-between ps-3 text-meta text-muted select-none">
        <span>{name ?? 'Code'}</span>
        <button
          className="flex min-h-7 items-center gap-1.5 px-2.5 hover:text-strong"
          onClick={() => copy(text)}
          type="button"
        >
          {state === 'copied' ? (
            <Check aria-hidden="true" size={13} />
          ) : (
            <Copy aria-hidden="true" size={13} />
          )}
          {state === 'copied' ? 'Copied' : state === 'refused' ? 'Not allowed' : 'Copy'}
        </button>
      </figcaption>
      <ScrollRegion aria-label="Code" className="overflow-x-auto" role="group">
        <pre className="w-max min-w-full px-3 pb-2.5 font-mono text-code text-strong">
          <code>{coloured(pieces)}</code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}

/** Pieces of code in colours. Highlighting changes no width and no height: nothing moves when it arrives. */
export function coloured(pieces: readonly CodePiece[]): ReactNode {
  return inOrder(pieces.map((piece) => (typeof piece === 'string' ? piece : ofKind(piece))));
}

function ofKind({ kind, pieces }: Exclude<CodePiece, string>): ReactNode {
  return <span data-code={kind.split('.', 1)[0]}>{coloured(pieces)}</span>;
}
