import type { ReactNode } from 'react';
import type { CodePiece } from './highlight.ts';
import { inOrder } from './inlines.tsx';
import { useHighlighted } from './use-highlighted.ts';

/** Code in colours, and without them until its pieces are known. They change no width and no height: nothing moves. */
export function Highlighted({ text, language }: { text: string; language: string | undefined }) {
  return coloured(useHighlighted(text, language));
}

function coloured(pieces: readonly CodePiece[]): ReactNode {
  return inOrder(pieces.map((piece) => (typeof piece === 'string' ? piece : ofKind(piece))));
}

function ofKind({ kind, pieces }: Exclude<CodePiece, string>): ReactNode {
  return <span data-code={kind.split('.', 1)[0]}>{coloured(pieces)}</span>;
}
